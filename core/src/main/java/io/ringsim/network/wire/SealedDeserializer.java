package io.ringsim.network.wire;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import java.io.IOException;

/** Reads a value of a sealed type: its kind's name, then itself. */
final class SealedDeserializer extends JsonDeserializer<Object> {
    private final Class<?> family;
    private final Kinds kinds;

    SealedDeserializer(Class<?> family) {
        this.family = family;
        this.kinds = Kinds.of(family);
    }

    @Override
    public boolean isCachable() {
        return true;
    }

    @Override
    public Object deserialize(JsonParser in, DeserializationContext context) throws IOException {
        if (!in.isExpectedStartArrayToken() || in.nextToken() != JsonToken.VALUE_STRING) {
            throw JsonMappingException.from(in, family.getSimpleName() + " is not an array that begins with its kind");
        }
        var name = in.getText();
        var kind = kinds.named(name)
                .orElseThrow(() ->
                        JsonMappingException.from(in, family.getSimpleName() + " has no kind '" + name + "' here"));
        in.nextToken();
        var value =
                context.findRootValueDeserializer(context.constructType(kind)).deserialize(in, context);
        if (value == null || in.nextToken() != JsonToken.END_ARRAY) {
            throw JsonMappingException.from(in, name + " does not end where it should");
        }
        return value;
    }
}
