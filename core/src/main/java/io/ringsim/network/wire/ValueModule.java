package io.ringsim.network.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.Version;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.Module;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.Deserializers;
import com.fasterxml.jackson.databind.ser.Serializers;
import io.ringsim.data.Bytes;
import io.ringsim.data.Partition;
import io.ringsim.ring.Token;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Chooses the form of each type: see {@link WireCodec}. */
final class ValueModule extends Module {
    @Override
    public String getModuleName() {
        return "ringsim-values";
    }

    @Override
    public Version version() {
        return Version.unknownVersion();
    }

    @Override
    public void setupModule(SetupContext context) {
        context.addSerializers(new Writing());
        context.addDeserializers(new Reading());
    }

    private static final class Writing extends Serializers.Base {
        @Override
        public @Nullable JsonSerializer<?> findSerializer(
                SerializationConfig config, JavaType type, BeanDescription bean) {
            var raw = type.getRawClass();
            if (Token.class.isAssignableFrom(raw)) {
                return new TokenSerializer();
            }
            if (raw == Bytes.class) {
                return new BytesSerializer();
            }
            if (raw == Partition.class) {
                return new PartitionForm.Serializer();
            }
            if (raw == Optional.class) {
                return new OptionalSerializer(type.containedTypeOrUnknown(0));
            }
            if (raw.isSealed() && !raw.isEnum()) {
                return new SealedSerializer();
            }
            return Shape.of(raw).map(shape -> new ShapeSerializer(type, shape)).orElse(null);
        }
    }

    private static final class Reading extends Deserializers.Base {
        @Override
        public @Nullable JsonDeserializer<?> findBeanDeserializer(
                JavaType type, DeserializationConfig config, BeanDescription bean) {
            var raw = type.getRawClass();
            if (Token.class.isAssignableFrom(raw)) {
                return new TokenDeserializer();
            }
            if (raw == Bytes.class) {
                return new BytesDeserializer();
            }
            if (raw == Partition.class) {
                return new PartitionForm.Deserializer();
            }
            if (raw == Optional.class) {
                return new OptionalDeserializer(type.containedTypeOrUnknown(0));
            }
            if (raw.isSealed()) {
                return new SealedDeserializer(raw);
            }
            return Shape.of(raw)
                    .map(shape -> new ShapeDeserializer(type, shape))
                    .orElse(null);
        }

        @Override
        public boolean hasDeserializerFor(DeserializationConfig config, Class<?> type) {
            return false;
        }
    }

    private static final class BytesSerializer extends JsonSerializer<Bytes> {
        @Override
        public void serialize(Bytes bytes, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeBinary(bytes.toArray());
        }
    }

    private static final class BytesDeserializer extends JsonDeserializer<Bytes> {
        @Override
        public boolean isCachable() {
            return true;
        }

        @Override
        public Bytes deserialize(JsonParser in, DeserializationContext context) throws IOException {
            if (in.currentToken() != JsonToken.VALUE_EMBEDDED_OBJECT) {
                throw JsonMappingException.from(in, "these are no bytes");
            }
            return Bytes.wrap(in.getBinaryValue());
        }
    }

    private static final class OptionalSerializer extends JsonSerializer<Optional<?>> {
        private final JavaType content;

        OptionalSerializer(JavaType content) {
            this.content = content;
        }

        @Override
        public void serialize(Optional<?> optional, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeStartArray(optional, optional.isPresent() ? 1 : 0);
            if (optional.isPresent()) {
                provider.findValueSerializer(content).serialize(optional.get(), out, provider);
            }
            out.writeEndArray();
        }
    }

    private static final class OptionalDeserializer extends JsonDeserializer<Optional<?>> {
        private final JavaType content;

        OptionalDeserializer(JavaType content) {
            this.content = content;
        }

        @Override
        public boolean isCachable() {
            return true;
        }

        @Override
        public Optional<?> deserialize(JsonParser in, DeserializationContext context) throws IOException {
            if (!in.isExpectedStartArrayToken()) {
                throw JsonMappingException.from(in, "an optional value is not an array");
            }
            if (in.nextToken() == JsonToken.END_ARRAY) {
                return Optional.empty();
            }
            var value = context.findRootValueDeserializer(content).deserialize(in, context);
            if (in.nextToken() != JsonToken.END_ARRAY) {
                throw JsonMappingException.from(in, "an optional value is more than one");
            }
            return Optional.of(value);
        }
    }
}
