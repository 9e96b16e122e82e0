package io.ringsim.ring;

import java.util.Arrays;
import java.util.TreeMap;

/**
 * The replicas of one datacenter: the next nodes with racks of their own. A node whose rack has a replica already is
 * taken only so often as the racks fall short of the replication factor, and otherwise passed over for good.
 */
final class DatacenterPlacement {
    private final TokenRing ring;
    private final int[] positions;
    private final int[] firsts;
    private final int[] racks;
    private final int replicas;
    private final int repeats;

    DatacenterPlacement(TokenRing ring, String datacenter, int factor) {
        this.ring = ring;
        racks = new int[ring.nodes().size()];
        var rackNumbers = new TreeMap<String, Integer>();
        int nodes = 0;
        for (int index = 0; index < racks.length; index++) {
            var location = ring.locationAt(index);
            racks[index] = -1;
            if (location.datacenter().equals(datacenter)) {
                racks[index] = rackNumbers.computeIfAbsent(location.rack(), any -> rackNumbers.size());
                nodes++;
            }
        }
        replicas = Math.min(factor, nodes);
        repeats = factor - rackNumbers.size();
        positions = positions();
        firsts = firsts();
    }

    private int[] positions() {
        var all = new int[ring.size()];
        int count = 0;
        for (int position = 0; position < all.length; position++) {
            if (racks[ring.ownerAt(position)] >= 0) {
                all[count++] = position;
            }
        }
        return Arrays.copyOf(all, count);
    }

    /** For each position of the ring, which of this datacenter's is the first at or after it. */
    private int[] firsts() {
        var all = new int[ring.size()];
        int next = 0;
        for (int position = 0; position < all.length; position++) {
            all[position] = next;
            next += next < positions.length && positions[next] == position ? 1 : 0;
        }
        return all;
    }

    /** How many nodes of this datacenter hold a token. */
    int replicas() {
        return replicas;
    }

    Walk from(int position) {
        var walk = new Walk();
        int repeatsLeft = repeats;
        for (int at = firsts[position]; walk.chosen.count() < replicas; at++) {
            at = at < positions.length ? at : 0;
            int next = positions[at];
            int owner = ring.ownerAt(next);
            boolean repeated = walk.hasRack(racks[owner]);
            if (repeated && (repeatsLeft <= 0 || walk.chosen.contains(owner))) {
                continue;
            }
            repeatsLeft -= repeated ? 1 : 0;
            walk.add(owner, next >= position ? next - position : next - position + ring.size());
        }
        return walk;
    }

    /** The nodes found, in the order of the ring, with their distances in tokens. */
    final class Walk {
        private final Chosen chosen = new Chosen(replicas);
        private final int[] distances = new int[replicas];
        private int taken;

        private boolean hasRack(int rack) {
            for (int i = 0; i < chosen.count(); i++) {
                if (racks[chosen.get(i)] == rack) {
                    return true;
                }
            }
            return false;
        }

        private void add(int owner, int distance) {
            distances[chosen.count()] = distance;
            chosen.add(owner);
        }

        int distance() {
            return taken < distances.length ? distances[taken] : Integer.MAX_VALUE;
        }

        int take() {
            return chosen.get(taken++);
        }

        int[] toArray() {
            return chosen.toArray();
        }
    }
}
