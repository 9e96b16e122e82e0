package io.ringsim.network.wire;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.deser.ResolvableDeserializer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads the parts of a value in order, no fewer and no more, and makes the value. */
final class ShapeDeserializer extends JsonDeserializer<Object> implements ResolvableDeserializer {
    private final JavaType type;
    private final Shape shape;
    private final List<JsonDeserializer<Object>> deserializers = new ArrayList<>();

    ShapeDeserializer(JavaType type, Shape shape) {
        this.type = type;
        this.shape = shape;
    }

    @Override
    public boolean isCachable() {
        return true;
    }

    @Override
    public void resolve(DeserializationContext context) throws JsonMappingException {
        for (var part : shape.parts()) {
            var partType = context.getTypeFactory().resolveMemberType(part.getGenericType(), type.getBindings());
            deserializers.add(context.findContextualValueDeserializer(partType, null));
        }
    }

    @Override
    public Object deserialize(JsonParser in, DeserializationContext context) throws IOException {
        int count = shape.parts().size();
        var values = new Object[count];
        if (count == 1) {
            values[0] = read(0, in, context);
            return make(values, in);
        }
        if (!in.isExpectedStartArrayToken()) {
            throw JsonMappingException.from(in, name() + " is not an array of its parts");
        }
        for (int i = 0; i < count; i++) {
            in.nextToken();
            values[i] = read(i, in, context);
        }
        if (in.nextToken() != JsonToken.END_ARRAY) {
            throw JsonMappingException.from(in, name() + " has more parts than " + count);
        }
        return make(values, in);
    }

    private Object read(int index, JsonParser in, DeserializationContext context) throws IOException {
        var token = in.currentToken();
        boolean isMissing = token == null || token == JsonToken.END_ARRAY || token == JsonToken.VALUE_NULL;
        var value = isMissing ? null : deserializers.get(index).deserialize(in, context);
        if (value == null) {
            throw JsonMappingException.from(
                    in, name() + " lacks its " + shape.parts().get(index).getName());
        }
        return value;
    }

    private Object make(Object[] values, JsonParser in) throws IOException {
        try {
            return shape.make(values);
        } catch (UnreadableException refused) {
            throw JsonMappingException.from(in, name() + ": " + refused.getMessage());
        }
    }

    private String name() {
        return type.getRawClass().getSimpleName();
    }
}
