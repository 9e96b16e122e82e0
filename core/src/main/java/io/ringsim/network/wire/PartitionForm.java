package io.ringsim.network.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import io.ringsim.data.Deletion;
import io.ringsim.data.Key;
import io.ringsim.data.Partition;
import io.ringsim.data.RangeTombstone;
import io.ringsim.data.Row;
import java.io.IOException;
import java.util.List;

/** A partition as it is written: what is in it, without how it is kept. */
record PartitionForm(Key key, Deletion deletion, Row staticRow, List<Row> rows, List<RangeTombstone> ranges) {
    private static PartitionForm of(Partition partition) {
        return new PartitionForm(
                partition.key(),
                partition.deletion(),
                partition.staticRow(),
                partition.rows(),
                partition.rangeTombstones());
    }

    private Partition partition() {
        return Partition.of(key, deletion, staticRow, rows, ranges);
    }

    static final class Serializer extends JsonSerializer<Partition> {
        @Override
        public void serialize(Partition partition, JsonGenerator out, SerializerProvider provider) throws IOException {
            provider.findValueSerializer(PartitionForm.class).serialize(PartitionForm.of(partition), out, provider);
        }
    }

    static final class Deserializer extends JsonDeserializer<Partition> {
        @Override
        public boolean isCachable() {
            return true;
        }

        @Override
        public Partition deserialize(JsonParser in, DeserializationContext context) throws IOException {
            var form = (PartitionForm) context.findRootValueDeserializer(context.constructType(PartitionForm.class))
                    .deserialize(in, context);
            return form.partition();
        }
    }
}
