package io.ringsim.nodetool;

import io.ringsim.input.Problems;
import io.ringsim.input.Source;
import io.ringsim.ring.Location;
import io.ringsim.ring.NodeId;
import io.ringsim.ring.Partitioner;
import io.ringsim.ring.Token;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Reads a ring from one or two files of tools' output. */
public final class RingFiles {
    private RingFiles() {}

    /**
     * A ring from {@code nodetool ring} or {@code describering}.
     *
     * @param status {@code nodetool status} of the same moment, for loads, host ids and who is down
     * @param partitioner when the tokens alone should not decide it
     * @throws io.ringsim.input.BadInput with all that is wrong in both files
     */
    public static ImportedRing read(Source ring, Optional<Source> status, Optional<Partitioner> partitioner) {
        var problems = new Problems();
        ImportedRing imported = switch (Kind.of(ring)) {
            case DESCRIBERING -> described(Describing.read(ring, problems), partitioner, problems);
            case STATUS -> listed(wanting("ring", Listing.status(ring, problems), problems), partitioner, problems);
            default -> listed(Listing.ring(ring, problems), partitioner, problems);
        };
        if (status.isEmpty()) {
            problems.throwIfAny();
            return imported;
        }
        Listing second = Kind.of(status.get()) == Kind.RING
                ? Listing.ring(status.get(), problems)
                : Listing.status(status.get(), problems);
        problems.throwIfAny();
        List<ImportedNode> merged = new StatusMerge(ring, second, problems).merge(imported.nodes());
        problems.throwIfAny();
        return new ImportedRing(imported.partitioner(), merged, imported.described(), problems.warnings());
    }

    /** A ring from {@code nodetool status} alone: tokens are known only when every node has one. */
    public static ImportedRing status(Source status, Optional<Partitioner> partitioner) {
        var problems = new Problems();
        ImportedRing imported = listed(Listing.status(status, problems), partitioner, problems);
        problems.throwIfAny();
        return imported;
    }

    private static Listing wanting(String tool, Listing listing, Problems problems) {
        if (!listing.hasTokens() && !problems.hasErrors()) {
            problems.error(
                    listing.source(),
                    "is nodetool status, which lists no tokens",
                    "give the output of nodetool " + tool + ", and this file with --status");
        }
        return listing;
    }

    private static ImportedRing listed(Listing listing, Optional<Partitioner> given, Problems problems) {
        List<String> texts = listing.rows().stream()
                .map(Row::token)
                .filter(text -> !text.isEmpty())
                .toList();
        Partitioner partitioner = given.orElseGet(() -> TokenTexts.partitionerOf(texts));
        var tokens = new TokenTexts(listing.source(), partitioner, problems);
        Map<String, Gathered> nodes = new LinkedHashMap<>();
        for (Row row : listing.rows()) {
            nodes.computeIfAbsent(row.address(), address -> new Gathered(row)).add(row, listing, tokens, problems);
        }
        List<ImportedNode> imported =
                nodes.values().stream().map(Gathered::node).toList();
        for (Gathered node : nodes.values()) {
            if (node.first.state() == State.MOVING) {
                problems.warning(
                        listing.source(),
                        node.first.line(),
                        1,
                        node.first.address().length(),
                        node.first.address() + " is moving, and nodetool does not say where to",
                        "its future ranges are left out");
            }
        }
        return new ImportedRing(partitioner, imported, Optional.empty(), problems.warnings());
    }

    /** The rows of one address. */
    private static final class Gathered {
        private final Row first;
        private final NodeId id;
        private final List<Token> tokens = new ArrayList<>();

        Gathered(Row first) {
            this.first = first;
            id = new NodeId(first.address());
        }

        void add(Row row, Listing listing, TokenTexts texts, Problems problems) {
            if (row.line() != first.line() && row.token().isEmpty()) {
                again(row, listing, problems, "is listed twice", "each node has one line");
                return;
            }
            if (row.line() != first.line()
                    && !(row.rack().equals(first.rack()) && row.datacenter().equals(first.datacenter()))) {
                again(
                        row,
                        listing,
                        problems,
                        "stands in " + row.datacenter() + ":" + row.rack() + " here and in " + first.datacenter() + ":"
                                + first.rack(),
                        "a node has one place");
            } else if (row.line() != first.line() && row.state() != first.state()) {
                again(
                        row,
                        listing,
                        problems,
                        "is " + row.state().word() + " here and "
                                + first.state().word(),
                        "a node has one state");
            }
            if (!row.token().isEmpty()) {
                texts.token(row.token(), id, row.line(), row.column()).ifPresent(tokens::add);
            }
        }

        private void again(Row row, Listing listing, Problems problems, String what, String remedy) {
            String where = " in line " + first.line();
            problems.error(
                    listing.source(),
                    row.line(),
                    1,
                    row.address().length(),
                    row.address() + " " + what + where,
                    remedy);
        }

        ImportedNode node() {
            return new ImportedNode(
                    id,
                    new Location(first.datacenter(), first.rack()),
                    tokens,
                    tokens.isEmpty() ? first.tokens() : tokens.size(),
                    first.state(),
                    first.liveness(),
                    first.load(),
                    first.hostId());
        }
    }

    /** The first replica of a range owns its end: in every strategy that counts all datacenters that hold data. */
    private static ImportedRing described(Describing listing, Optional<Partitioner> given, Problems problems) {
        List<String> texts =
                listing.ranges().stream().map(Describing.Described::end).toList();
        Partitioner partitioner = given.orElseGet(() -> TokenTexts.partitionerOf(texts));
        var ends = new TokenTexts(listing.source(), partitioner, problems);
        var starts = new TokenTexts(listing.source(), partitioner, problems);
        Map<Describing.Replica, List<Token>> nodes = new LinkedHashMap<>();
        var replicas = new TreeMap<Token, List<NodeId>>();
        var startOf = new TreeMap<Token, Token>();
        for (Describing.Described range : listing.ranges()) {
            if (range.replicas().isEmpty()) {
                problems.error(
                        listing.source(),
                        range.line(),
                        1,
                        1,
                        "the range has no replica",
                        "does the keyspace replicate anywhere?");
                continue;
            }
            range.replicas().forEach(replica -> nodes.computeIfAbsent(replica, any -> new ArrayList<>()));
            Describing.Replica owner = range.replicas().get(0);
            var id = new NodeId(owner.host());
            Optional<Token> start = starts.token(range.start(), id, range.line(), range.startColumn());
            Optional<Token> end = ends.token(range.end(), id, range.line(), range.endColumn());
            if (start.isPresent() && end.isPresent()) {
                nodes.getOrDefault(owner, List.of()).add(end.get());
                startOf.put(end.get(), start.get());
                replicas.put(
                        end.get(),
                        range.replicas().stream()
                                .map(replica -> new NodeId(replica.host()))
                                .toList());
            }
        }
        checkWhole(listing, startOf, problems);
        List<ImportedNode> imported = nodes.entrySet().stream()
                .map(entry -> describedNode(entry.getKey(), entry.getValue(), listing, problems))
                .toList();
        return new ImportedRing(
                partitioner, imported, Optional.of(new DescribedReplicas(replicas)), problems.warnings());
    }

    private static ImportedNode describedNode(
            Describing.Replica replica, List<Token> tokens, Describing listing, Problems problems) {
        if (tokens.isEmpty() && !problems.hasErrors()) {
            problems.error(
                    listing.source(),
                    replica.host() + " is never the first replica of a range, so its tokens are not known",
                    "give nodetool ring instead");
        }
        return new ImportedNode(
                new NodeId(replica.host()),
                new Location(replica.datacenter(), replica.rack()),
                tokens,
                tokens.size(),
                State.NORMAL,
                Liveness.UNKNOWN,
                OptionalLong.empty(),
                "");
    }

    /** The ranges must follow each other round the ring: a gap means that lines are missing. */
    private static void checkWhole(Describing listing, NavigableMap<Token, Token> startOf, Problems problems) {
        if (problems.hasErrors() || startOf.isEmpty()) {
            return;
        }
        Token previous = startOf.lastKey();
        for (Map.Entry<Token, Token> range : startOf.entrySet()) {
            if (!range.getValue().equals(previous)) {
                problems.error(
                        listing.source(),
                        "no range from " + previous + " to " + range.getValue(),
                        "lines are missing: give the whole output");
            }
            previous = range.getKey();
        }
    }
}
