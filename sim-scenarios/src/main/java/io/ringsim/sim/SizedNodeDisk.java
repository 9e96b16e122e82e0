package io.ringsim.sim;

import akka.actor.typed.Behavior;
import io.ringsim.data.TableId;
import io.ringsim.ring.TokenRange;
import io.ringsim.spi.LocalStore;
import io.ringsim.spi.NodeRecord;
import io.ringsim.storage.Coverage;
import io.ringsim.storage.SizedDisk;
import io.ringsim.storage.SizedStorage;
import io.ringsim.storage.StorageSettings;
import java.util.ArrayList;
import java.util.Optional;

/** A disk on which only sizes are known. All that is written is safe at once. */
final class SizedNodeDisk implements NodeDisk {
    private final SizedDisk disk;
    private final StorageSettings settings;

    SizedNodeDisk(SizedDisk disk, StorageSettings settings) {
        this.disk = disk;
        this.settings = settings;
    }

    @Override
    public Behavior<LocalStore.Command> store() {
        return SizedStorage.create(disk, settings);
    }

    @Override
    public void remember(NodeRecord record) {
        disk.remember(record);
    }

    @Override
    public NodeRecord.Stage stage() {
        return disk.record().stage();
    }

    @Override
    public long bytes() {
        return disk.store().bytes();
    }

    @Override
    public Optional<String> lacks(TableId table, Coverage owned) {
        return held(table).intersect(owned).equals(owned)
                ? Optional.empty()
                : Optional.of("lacks data of " + table + " in ranges it is a replica of");
    }

    @Override
    public Optional<String> exceeds(TableId table, Coverage owned) {
        var held = held(table);
        return held.intersect(owned).equals(held)
                ? Optional.empty()
                : Optional.of("has data of " + table + " in ranges it is no replica of");
    }

    private Coverage held(TableId table) {
        var held = new ArrayList<TokenRange>();
        disk.store()
                .table(table)
                .sstables()
                .forEach(sstable -> held.addAll(sstable.coverage().ranges()));
        return Coverage.of(held);
    }

    @Override
    public void crash() {}

    @Override
    public void corruptFiles(int files) {
        disk.faults().corruptNextReads(files);
    }

    @Override
    public void slowDown(double factor) {
        disk.faults().slowDown(factor);
    }

    @Override
    public void readOnly(boolean broken) {
        disk.faults().readOnly(broken);
    }

    @Override
    public void full(boolean full) {
        disk.faults().readOnly(full);
    }
}
