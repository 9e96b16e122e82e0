package io.ringsim.cli;

import io.ringsim.input.BadInput;
import io.ringsim.input.Malformed;
import io.ringsim.plan.Change;
import io.ringsim.plan.NewTokens;
import io.ringsim.ring.Location;
import io.ringsim.ring.NodeId;
import io.ringsim.ring.Partitioner;
import io.ringsim.ring.Token;
import io.ringsim.runtime.Randomness;
import io.ringsim.scenario.Operation;
import io.ringsim.sim.RingDesign;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Plans that a node joins. */
@Command(
        name = "bootstrap",
        description = "Plans that a new node joins the ring.",
        footer = {
            "",
            "Its tokens: --tokens, or those the ring file has when it shows the node as joining, or --num-tokens drawn by",
            "--seed (random), or placed where they even out the ring best (--allocation even).",
            "",
            "Examples:",
            "  ringsim plan bootstrap --ring ring.txt --status status.txt --keyspace shop \\",
            "      --replication NetworkTopologyStrategy:dc1=3 --node 10.0.0.7 --rack r1 --num-tokens 16",
            "  ringsim plan bootstrap --ring ring.txt --replication SimpleStrategy:2 --node 10.0.0.7 --tokens -42,1042"
        })
final class PlanBootstrapCommand implements Callable<Integer> {
    private final Shell shell;

    @Mixin
    private PlanOptions options = new PlanOptions();

    @Option(names = "--tokens", paramLabel = "T,T...", description = "The node's tokens.")
    private String tokens = "";

    @Option(
            names = "--num-tokens",
            paramLabel = "K",
            description = "How many tokens it gets (default: as many as others have).")
    private int numTokens;

    @Option(names = "--allocation", paramLabel = "HOW", description = "random or even (default: random).")
    private String allocation = "";

    @Option(names = "--dc", paramLabel = "NAME", description = "The datacenter it joins (default: the only one).")
    private String dc = "";

    @Option(names = "--rack", paramLabel = "NAME", description = "Its rack (default: the one with the fewest nodes).")
    private String rack = "";

    PlanBootstrapCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        if (numTokens < 0 || numTokens > 4_096) {
            throw BadInput.in("--num-tokens", "'" + numTokens + "' is out of range", "write a number from 1 to 4096");
        }
        if (!allocation.isEmpty() && !allocation.equals("random") && !allocation.equals("even")) {
            throw BadInput.in("--allocation", "'" + allocation + "' is not known", "write random or even");
        }
        if (!tokens.isEmpty() && (numTokens > 0 || !allocation.isEmpty())) {
            throw BadInput.in(
                    "--tokens",
                    "tokens are given, so none are to be chosen",
                    "leave out --num-tokens and --allocation");
        }
        return options.run(shell, this::change);
    }

    private Change change(LoadedRing ring, NodeId node) {
        if (ring.view().ring().isMember(node)) {
            throw BadInput.in("--node", node + " is a member already", "a joining node needs a name of its own");
        }
        Optional<List<Token>> known = knownTokens(ring, node);
        if (known.isPresent() && (numTokens > 0 || !allocation.isEmpty())) {
            throw BadInput.in(
                    "--num-tokens", ring.file() + " has the tokens of " + node, "leave it out, or give --tokens");
        }
        Location location = location(ring, node);
        List<Token> own = tokens.isEmpty()
                ? known.orElseGet(() -> chosen(ring, node, location))
                : parsed(ring.view().ring().partitioner());
        return new Change.Bootstrap(node, location, own);
    }

    /** The tokens the ring file or the scenario has for the node. */
    private static Optional<List<Token>> knownTokens(LoadedRing ring, NodeId node) {
        return Optional.ofNullable(ring.view().joining().get(node))
                .or(() -> ring.scenarioRing()
                        .flatMap(scenario ->
                                Optional.ofNullable(scenario.joiners().get(node))))
                .filter(list -> !list.isEmpty());
    }

    private List<Token> parsed(Partitioner partitioner) {
        var parsed = new TreeSet<Token>();
        for (String text : tokens.split(",", -1)) {
            Token token = Arguments.read("--tokens", text.strip(), given -> {
                if (given.isEmpty()) {
                    throw new Malformed("'" + tokens + "' is no list of tokens", "write --tokens 1,2,3");
                }
                return partitioner.parse(given);
            });
            if (!parsed.add(token)) {
                throw BadInput.in("--tokens", "token " + token + " is given twice", "give each once");
            }
        }
        return List.copyOf(parsed);
    }

    private List<Token> chosen(LoadedRing ring, NodeId node, Location location) {
        int count = numTokens > 0 ? numTokens : usualTokens(ring, location);
        if (allocation.equals("even")) {
            return NewTokens.evening(ring.view().ring(), ring.keyspaces().get(0), node, location, count)
                    .orElseThrow(() -> BadInput.in(
                            "--allocation",
                            ring.view().ring().partitioner().name() + " cannot be evened out without its data",
                            "give --tokens"));
        }
        var taken = new TreeSet<Token>(ring.view().ring().tokens());
        ring.view().joining().values().forEach(taken::addAll);
        shell.say("Note: " + count + " tokens of " + node + " were drawn by seed " + options.seed()
                + "; give --tokens for the real ones.");
        return RingDesign.drawTokens(
                ring.view().ring().partitioner(), Randomness.of(options.seed()), node, count, taken);
    }

    /** The number of tokens most nodes of the datacenter have. */
    private static int usualTokens(LoadedRing ring, Location location) {
        var counts = new TreeMap<Integer, Integer>();
        ring.view().ring().members().forEach(member -> {
            if (member.location().datacenter().equals(location.datacenter())) {
                counts.merge(member.tokens().size(), 1, Integer::sum);
            }
        });
        int usual = 1;
        int most = 0;
        for (var count : counts.entrySet()) {
            if (count.getValue() >= most) {
                most = count.getValue();
                usual = count.getKey();
            }
        }
        return usual;
    }

    private Location location(LoadedRing ring, NodeId node) {
        Optional<Location> known = ring.view().joining().containsKey(node)
                ? Optional.of(ring.view().location(node))
                : ring.scenario()
                        .flatMap(scenario -> scenario.bootstraps().stream()
                                .filter(joining -> joining.node().equals(node))
                                .map(Operation.Bootstrap::location)
                                .findFirst());
        if (dc.isEmpty() && rack.isEmpty() && known.isPresent()) {
            return known.get();
        }
        List<String> datacenters = ring.datacenters();
        if (dc.isEmpty() && datacenters.size() > 1) {
            throw PlanCommand.whichDatacenter(ring);
        }
        String datacenter = dc.isEmpty() ? datacenters.get(0) : dc;
        return new Location(datacenter, rack.isEmpty() ? emptiestRack(ring, datacenter) : rack);
    }

    private static String emptiestRack(LoadedRing ring, String datacenter) {
        SortedMap<String, Integer> racks = new TreeMap<>();
        ring.locations().values().stream()
                .filter(location -> location.datacenter().equals(datacenter))
                .forEach(location -> racks.merge(location.rack(), 1, Integer::sum));
        var names = new ArrayList<>(racks.keySet());
        names.sort(java.util.Comparator.comparing(name -> racks.getOrDefault(name, 0)));
        return names.isEmpty() ? "rack1" : names.get(0);
    }
}
