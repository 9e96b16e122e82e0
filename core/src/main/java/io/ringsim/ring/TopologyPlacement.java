package io.ringsim.ring;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** One walk round the ring that fills all datacenters; a rack is repeated only when there are too few. */
final class TopologyPlacement implements Placement {
    private final TokenRing ring;
    private final int[] datacenterOf;
    private final int[] rackOf;
    private final int[] wanted;
    private final int[] repeats;
    private final int unfilled;

    TopologyPlacement(TokenRing ring, SortedMap<String, Integer> datacenters) {
        this.ring = ring;
        int count = ring.nodes().size();
        datacenterOf = new int[count];
        rackOf = new int[count];
        wanted = new int[datacenters.size()];
        repeats = new int[datacenters.size()];
        var names = List.copyOf(datacenters.keySet());
        var racks = new TreeMap<String, Integer>();
        var nodesIn = new int[names.size()];
        var racksIn = new ArrayList<TreeSet<Integer>>();
        names.forEach(name -> racksIn.add(new TreeSet<>()));
        for (int index = 0; index < count; index++) {
            var location = ring.locationAt(index);
            int datacenter = names.indexOf(location.datacenter());
            datacenterOf[index] = datacenter;
            rackOf[index] = racks.computeIfAbsent(location.toString(), any -> racks.size());
            if (datacenter >= 0) {
                nodesIn[datacenter]++;
                racksIn.get(datacenter).add(rackOf[index]);
            }
        }
        int open = 0;
        for (int datacenter = 0; datacenter < wanted.length; datacenter++) {
            int factor = datacenters.getOrDefault(names.get(datacenter), 0);
            wanted[datacenter] = Math.min(factor, nodesIn[datacenter]);
            repeats[datacenter] = factor - racksIn.get(datacenter).size();
            open += wanted[datacenter] > 0 ? 1 : 0;
        }
        unfilled = open;
    }

    @Override
    public int[] at(int position) {
        var left = wanted.clone();
        var repeatsLeft = repeats.clone();
        var found = new int[Arrays.stream(wanted).sum()];
        int count = 0;
        int open = unfilled;
        for (int step = 0; open > 0 && step < ring.size(); step++) {
            int owner = ring.ownerAt((position + step) % ring.size());
            int datacenter = datacenterOf[owner];
            if (datacenter < 0 || left[datacenter] == 0) {
                continue;
            }
            boolean taken = false;
            boolean rackTaken = false;
            for (int i = 0; i < count; i++) {
                taken |= found[i] == owner;
                rackTaken |= rackOf[found[i]] == rackOf[owner];
            }
            if (taken || (rackTaken && repeatsLeft[datacenter] <= 0)) {
                continue;
            }
            if (rackTaken) {
                repeatsLeft[datacenter]--;
            }
            found[count++] = owner;
            if (--left[datacenter] == 0) {
                open--;
            }
        }
        return Arrays.copyOf(found, count);
    }
}
