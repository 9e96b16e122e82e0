package io.ringsim.network.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.ser.ResolvableSerializer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Writes the parts of a value in order. */
final class ShapeSerializer extends JsonSerializer<Object> implements ResolvableSerializer {
    private final JavaType type;
    private final Shape shape;
    private final List<JsonSerializer<Object>> serializers = new ArrayList<>();

    ShapeSerializer(JavaType type, Shape shape) {
        this.type = type;
        this.shape = shape;
    }

    @Override
    public void resolve(SerializerProvider provider) throws JsonMappingException {
        for (var part : shape.parts()) {
            var partType = provider.getTypeFactory().resolveMemberType(part.getGenericType(), type.getBindings());
            serializers.add(provider.findValueSerializer(partType, null));
        }
    }

    @Override
    public void serialize(Object value, JsonGenerator out, SerializerProvider provider) throws IOException {
        int count = shape.parts().size();
        if (count == 1) {
            write(value, 0, out, provider);
            return;
        }
        out.writeStartArray(value, count);
        for (int i = 0; i < count; i++) {
            write(value, i, out, provider);
        }
        out.writeEndArray();
    }

    private void write(Object value, int index, JsonGenerator out, SerializerProvider provider) throws IOException {
        var part = shape.part(value, index);
        if (part == null) {
            provider.reportMappingProblem(
                    "%s of %s is null", shape.parts().get(index).getName(), value);
        }
        serializers.get(index).serialize(part, out, provider);
    }
}
