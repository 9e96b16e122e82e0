package io.ringsim.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringsim.coordinator.StorageMessage.Mutate;
import io.ringsim.coordinator.StorageMessage.Rows;
import io.ringsim.data.Mutation;
import io.ringsim.data.Partition;
import io.ringsim.data.PartitionQuery;
import io.ringsim.data.RandomPartitions;
import io.ringsim.data.TableId;
import io.ringsim.data.TableMetadata;
import io.ringsim.network.wire.Samples;
import io.ringsim.network.wire.UnreadableException;
import io.ringsim.network.wire.WireCodec;
import io.ringsim.runtime.Randomness;
import java.util.List;
import org.junit.jupiter.api.Test;

class StorageMessageOnTheWireTest {
    private static final TableMetadata TABLE = TableMetadata.standard(new TableId("ks", "t"));
    private static final int PARTITIONS = 2_000;

    private final RandomPartitions partitions = new RandomPartitions(Randomness.of(1), TABLE, 30);
    private final WireCodec codec = new WireCodec(1 << 20);

    private Partition partition() {
        return partitions.next(RandomPartitions.key(7));
    }

    private PartitionQuery query() {
        return new PartitionQuery(
                TABLE.id(),
                RandomPartitions.key(8),
                List.of(partitions.slice()),
                List.of(partitions.name(), partitions.name()),
                true,
                12);
    }

    @Test
    void everyMessageIsReadAsItWasWritten() {
        new Samples(2)
                .with(Partition.class, this::partition)
                .with(PartitionQuery.class, this::query)
                .with(Mutation.class, () -> Mutation.of(TABLE.id(), partition()))
                .assertKindsRoundTrip(StorageMessage.class);
    }

    @Test
    void everythingThatIsInAPartitionComesThrough() throws UnreadableException {
        for (int i = 0; i < PARTITIONS; i++) {
            var sent = new Mutate(i, Mutation.of(TABLE.id(), partition()));

            assertThat(codec.read(Mutate.class, codec.write(sent)))
                    .as("partition %s", i)
                    .isEqualTo(sent);
        }
    }

    @Test
    void takesAsManyBytesAsIsCounted() {
        long counted = 0;
        long written = 0;
        for (int i = 0; i < PARTITIONS; i++) {
            var sent = new Rows(i, partition());
            counted += sent.wireBytes() - StorageMessage.HEADER_BYTES;
            written += codec.write(sent).length;
        }

        assertThat(counted).isBetween(written / 2, written * 2);
    }
}
