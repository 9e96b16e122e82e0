package io.ringsim.plan;

import io.ringsim.ring.Keyspace;
import io.ringsim.ring.RingView;
import io.ringsim.ring.SourceChoice;
import io.ringsim.storage.SizeModel;
import java.util.List;

/** All that a plan is made from. */
public record PlanRequest(
        RingView view,
        List<Keyspace> keyspaces,
        List<TableSize> tables,
        Change change,
        SourceChoice choice,
        SizeModel sizes,
        Speeds speeds) {
    public PlanRequest {
        keyspaces = List.copyOf(keyspaces);
        tables = List.copyOf(tables);
    }
}
