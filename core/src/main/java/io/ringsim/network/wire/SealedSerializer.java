package io.ringsim.network.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import java.io.IOException;

/** Writes a value of a sealed type: its kind's name, then itself. */
final class SealedSerializer extends JsonSerializer<Object> {
    @Override
    public void serialize(Object value, JsonGenerator out, SerializerProvider provider) throws IOException {
        var kind = value.getClass();
        out.writeStartArray(value, 2);
        out.writeString(kind.getSimpleName());
        provider.findValueSerializer(kind).serialize(value, out, provider);
        out.writeEndArray();
    }
}
