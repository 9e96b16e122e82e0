package io.ringsim.storage.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringsim.data.Mutation;
import io.ringsim.storage.table.Io;
import io.ringsim.storage.table.TableDropped;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of a table that is dropped, and of whoever uses it. */
class TableDropTest extends TableWorld {
    @Test
    void aDroppedTableRefusesEverythingAndItsFilesGoWithTheLastWhoReadsThem() throws IOException {
        write(0, 20, 1);
        flush();
        write(20, 30, 2);
        write(ITEMS.id(), partition(1, 1));
        var selection = orders.select(List.of(RING));

        long freed = settled(then -> engine.drop(ORDERS.id(), then));

        assertThat(freed).isPositive();
        assertThatThrownBy(() -> all(orders))
                .isInstanceOf(TableDropped.class)
                .hasMessage("table shop.orders was dropped");
        assertThatThrownBy(() -> engine.applyAndWait(Mutation.of(ORDERS.id(), partition(1, 3))))
                .isInstanceOf(TableDropped.class);
        assertThat(engine.tablesOf("shop")).containsExactly(engine.table(ITEMS.id()));
        assertThat(all(engine.table(ITEMS.id()))).hasSize(1);
        assertThat(disk.list("data/shop/orders")).contains("rs-1-big-Data.db");
        selection.close();
        assertThat(disk.list("data/shop/orders")).containsExactly(indexDirectory(), "manifest");
        assertThat(disk.list("data/shop/orders/" + COLUMN.toHex() + "_idx")).containsExactly("manifest");
    }

    private static String indexDirectory() {
        return COLUMN.toHex() + "_idx/";
    }

    @Test
    void whatWasLoggedForADroppedTableDoesNotComeBack() throws IOException {
        write(0, 20, 1);
        flush();
        write(20, 30, 2);
        write(ITEMS.id(), partition(1, 1));
        settled(then -> engine.drop(ORDERS.id(), then));
        world.forget();
        disk = disk.restart();

        var anew = open(disk);

        assertThat(all(anew.table(ORDERS.id()))).isEmpty();
        assertThat(all(anew.table(ITEMS.id()))).hasSize(1);
        anew.applyAndWait(Mutation.of(ORDERS.id(), partition(1, 3)));
        assertThat(all(anew.table(ORDERS.id()))).hasSize(1);
    }

    @Test
    void aCompactionThatRunsWhenItsTableIsDroppedLeavesNothing() throws IOException {
        for (int i = 0; i < 3; i++) {
            write(0, 20, i);
            flush();
        }
        var failed = new ArrayList<String>();
        engine.compactAll(new Io.Outcome<Long>() {
            @Override
            public void succeeded(Long bytes) {}

            @Override
            public void failed(IOException reason) {
                failed.add(reason.getMessage());
            }
        });
        engine.drop(ORDERS.id(), new Io.Outcome<Long>() {
            @Override
            public void succeeded(Long bytes) {}

            @Override
            public void failed(IOException reason) {
                throw new IllegalStateException(reason);
            }
        });
        world.settle();

        assertThat(disk.list("data/shop/orders")).containsExactly(indexDirectory(), "manifest");
        assertThat(failed).allMatch(reason -> reason.equals("table shop.orders was dropped"));
    }
}
