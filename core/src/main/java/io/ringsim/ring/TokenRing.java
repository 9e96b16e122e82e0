package io.ringsim.ring;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Which node owns which tokens, and where each node stands. Immutable.
 *
 * <p>A position is a place in the sorted tokens; an index is a node's place among the sorted nodes. Replicas are found
 * when they are first asked for, and kept with the ring.
 */
public final class TokenRing {
    /** A node of the ring with all its tokens. */
    public record Member(NodeId node, Location location, List<Token> tokens) {
        public Member {
            tokens = List.copyOf(tokens);
        }
    }

    private final Partitioner partitioner;
    private final List<NodeId> nodes;
    private final List<Location> locations;
    private final List<Token> tokens;
    private final int[] owners;
    private final long[] longs;
    private final ConcurrentHashMap<ReplicationStrategy, Replicas> replicas = new ConcurrentHashMap<>();
    private int @Nullable [] tokenCounts;

    private TokenRing(
            Partitioner partitioner, List<NodeId> nodes, List<Location> locations, Token[] tokens, int[] owners) {
        this.partitioner = partitioner;
        this.nodes = Collections.unmodifiableList(nodes);
        this.locations = Collections.unmodifiableList(locations);
        this.tokens = Collections.unmodifiableList(Arrays.asList(tokens));
        this.owners = owners;
        longs = new long[partitioner.equals(Partitioner.MURMUR3) ? tokens.length : 0];
        for (int position = 0; position < longs.length; position++) {
            longs[position] = ((Token.LongToken) tokens[position]).value();
        }
    }

    /** The ring without nodes. */
    public static TokenRing empty(Partitioner partitioner) {
        return new TokenRing(partitioner, List.of(), List.of(), new Token[0], new int[0]);
    }

    /**
     * The ring of these nodes.
     *
     * @throws IllegalArgumentException when a token is claimed twice or is not the partitioner's, or a node comes twice
     *     or has no tokens; the message names them
     */
    public static TokenRing of(Partitioner partitioner, Collection<Member> members) {
        var sorted = members.stream().sorted(Comparator.comparing(Member::node)).toList();
        for (int index = 1; index < sorted.size(); index++) {
            if (sorted.get(index - 1).node().equals(sorted.get(index).node())) {
                throw new IllegalArgumentException(sorted.get(index).node() + " is in the ring twice");
            }
        }
        sorted.forEach(member -> requireTokens(partitioner, member.node(), member.tokens()));
        var tokens = sorted.stream()
                .flatMap(member -> member.tokens().stream())
                .sorted()
                .toArray(Token[]::new);
        var owners = new int[tokens.length];
        Arrays.fill(owners, -1);
        for (int index = 0; index < sorted.size(); index++) {
            for (var token : sorted.get(index).tokens()) {
                int position = Arrays.binarySearch(tokens, token);
                if (owners[position] >= 0) {
                    throw claimedTwice(
                            token,
                            sorted.get(owners[position]).node(),
                            sorted.get(index).node());
                }
                owners[position] = index;
            }
        }
        return new TokenRing(
                partitioner,
                sorted.stream().map(Member::node).toList(),
                sorted.stream().map(Member::location).toList(),
                tokens,
                owners);
    }

    private static void requireTokens(Partitioner partitioner, NodeId node, Collection<Token> tokens) {
        if (tokens.isEmpty()) {
            throw new IllegalArgumentException(node + " has no tokens");
        }
        for (var token : tokens) {
            if (!partitioner.owns(token)) {
                throw new IllegalArgumentException(
                        "token " + token + " of " + node + " is not one of " + partitioner.name());
            }
        }
    }

    private static IllegalArgumentException claimedTwice(Token token, NodeId one, NodeId other) {
        return new IllegalArgumentException(
                one.equals(other)
                        ? one + " claims token " + token + " twice"
                        : "token " + token + " is claimed by both " + one + " and " + other);
    }

    /**
     * This ring with the node, which owns exactly these tokens.
     *
     * @throws IllegalArgumentException when another node owns one of them; the message names both
     */
    public TokenRing with(NodeId node, Location location, Collection<Token> owned) {
        requireTokens(partitioner, node, owned);
        var added = new TreeSet<>(owned).toArray(new Token[0]);
        if (isMember(node)) {
            boolean same = location(node).equals(location) && tokensOf(node).equals(Arrays.asList(added));
            return same ? this : without(node).with(node, location, owned);
        }
        int index = -indexOf(node) - 1;
        var merged = new Token[tokens.size() + added.length];
        var mergedOwners = new int[merged.length];
        int from = 0;
        for (int next = 0, position = 0; position < merged.length; position++) {
            int order = next == added.length
                    ? -1
                    : from == owners.length ? 1 : tokens.get(from).compareTo(added[next]);
            if (order == 0) {
                throw claimedTwice(added[next], nodes.get(owners[from]), node);
            }
            merged[position] = order < 0 ? tokens.get(from) : added[next++];
            mergedOwners[position] = order > 0 ? index : owners[from] >= index ? owners[from] + 1 : owners[from];
            from += order < 0 ? 1 : 0;
        }
        var allNodes = new ArrayList<>(nodes);
        allNodes.add(index, node);
        var allLocations = new ArrayList<>(locations);
        allLocations.add(index, location);
        return new TokenRing(partitioner, allNodes, allLocations, merged, mergedOwners);
    }

    /** This ring without the node. */
    public TokenRing without(NodeId node) {
        return without(List.of(node));
    }

    /** This ring without those of the nodes that are in it. */
    public TokenRing without(Collection<NodeId> leavers) {
        var gone = new boolean[nodes.size()];
        leavers.stream().mapToInt(this::indexOf).filter(index -> index >= 0).forEach(index -> gone[index] = true);
        var newIndex = new int[gone.length];
        var keptNodes = new ArrayList<NodeId>();
        var keptLocations = new ArrayList<Location>();
        for (int index = 0; index < gone.length; index++) {
            newIndex[index] = keptNodes.size();
            if (!gone[index]) {
                keptNodes.add(nodes.get(index));
                keptLocations.add(locations.get(index));
            }
        }
        if (keptNodes.size() == nodes.size()) {
            return this;
        }
        var kept = new Token[owners.length];
        var keptOwners = new int[owners.length];
        int count = 0;
        for (int position = 0; position < owners.length; position++) {
            if (!gone[owners[position]]) {
                kept[count] = tokens.get(position);
                keptOwners[count++] = newIndex[owners[position]];
            }
        }
        return new TokenRing(
                partitioner, keptNodes, keptLocations, Arrays.copyOf(kept, count), Arrays.copyOf(keptOwners, count));
    }

    public Partitioner partitioner() {
        return partitioner;
    }

    /** The nodes, sorted. */
    public List<NodeId> nodes() {
        return nodes;
    }

    /** The nodes with their tokens, sorted by node. */
    public List<Member> members() {
        var owned = new ArrayList<List<Token>>();
        nodes.forEach(node -> owned.add(new ArrayList<>()));
        for (int position = 0; position < owners.length; position++) {
            owned.get(owners[position]).add(tokens.get(position));
        }
        var members = new ArrayList<Member>();
        for (int index = 0; index < nodes.size(); index++) {
            members.add(new Member(nodes.get(index), locations.get(index), owned.get(index)));
        }
        return members;
    }

    public boolean isMember(NodeId node) {
        return indexOf(node) >= 0;
    }

    /** Whether the node is in the ring at just this place with just these tokens. */
    boolean has(NodeId node, Location location, List<Token> owned) {
        int index = indexOf(node);
        if (index < 0 || countsOfTokens()[index] != owned.size() || !locations.get(index).equals(location)) {
            return false;
        }
        for (var token : owned) {
            int position = Collections.binarySearch(tokens, token);
            if (position < 0 || owners[position] != index) {
                return false;
            }
        }
        return true;
    }

    private int[] countsOfTokens() {
        var counts = tokenCounts;
        if (counts == null) {
            counts = new int[nodes.size()];
            for (int owner : owners) {
                counts[owner]++;
            }
            tokenCounts = counts;
        }
        return counts;
    }

    /**
     * Where the node stands.
     *
     * @throws IllegalArgumentException when it is not in the ring
     */
    public Location location(NodeId node) {
        int index = indexOf(node);
        if (index < 0) {
            throw new IllegalArgumentException(node + " is not in the ring");
        }
        return locations.get(index);
    }

    /** The datacenters in which there are nodes, sorted. */
    public List<String> datacenters() {
        return locations.stream().map(Location::datacenter).distinct().sorted().toList();
    }

    /** All tokens, ascending. */
    public List<Token> tokens() {
        return tokens;
    }

    /** The node's tokens, ascending; none when it is not in the ring. */
    public List<Token> tokensOf(NodeId node) {
        int index = indexOf(node);
        var owned = new ArrayList<Token>();
        for (int position = 0; index >= 0 && position < owners.length; position++) {
            if (owners[position] == index) {
                owned.add(tokens.get(position));
            }
        }
        return owned;
    }

    /**
     * The owner of the first token at or after this one, past the last going on at the first.
     *
     * @throws IllegalStateException when the ring is empty
     */
    public NodeId owner(Token token) {
        return nodes.get(owners[position(token)]);
    }

    /**
     * The range whose keys the owner of this token, or of the first one after it, holds first.
     *
     * @throws IllegalStateException when the ring is empty
     */
    public TokenRange primaryRange(Token token) {
        return range(position(token));
    }

    /** The primary ranges of all tokens, ascending by their right ends. */
    public List<TokenRange> ranges() {
        var ranges = new ArrayList<TokenRange>(owners.length);
        for (int position = 0; position < owners.length; position++) {
            ranges.add(range(position));
        }
        return ranges;
    }

    /** The share of the ring each node owns by its tokens. */
    public SortedMap<NodeId, Double> ownership() {
        return sharesOf(position -> List.of(nodes.get(owners[position])));
    }

    /** The share of the ring each node holds a replica of: nodetool's "Owns (effective)". */
    public SortedMap<NodeId, Double> ownership(ReplicationStrategy strategy) {
        return sharesOf(position -> replicas(strategy).at(position));
    }

    private SortedMap<NodeId, Double> sharesOf(IntFunction<List<NodeId>> holders) {
        var shares = new TreeMap<NodeId, Double>();
        nodes.forEach(node -> shares.put(node, 0.0));
        var owned = partitioner.owned(tokens);
        for (int position = 0; position < owned.length; position++) {
            for (var node : holders.apply(position)) {
                shares.merge(node, owned[position], Double::sum);
            }
        }
        return Collections.unmodifiableSortedMap(shares);
    }

    /** The position of the first token at or after this one. */
    int position(Token token) {
        if (owners.length == 0) {
            throw new IllegalStateException("the ring is empty");
        }
        int found = longs.length > 0
                ? Arrays.binarySearch(longs, ((Token.LongToken) token).value())
                : Collections.binarySearch(tokens, token);
        int position = found >= 0 ? found : -found - 1;
        return position == owners.length ? 0 : position;
    }

    TokenRange range(int position) {
        return new TokenRange(tokens.get(position == 0 ? owners.length - 1 : position - 1), tokens.get(position));
    }

    /** The node that owns exactly this token. */
    @Nullable
    NodeId holder(Token token) {
        int position = owners.length == 0 ? 0 : position(token);
        return owners.length > 0 && tokens.get(position).equals(token) ? nodes.get(owners[position]) : null;
    }

    /** How many tokens there are. */
    int size() {
        return owners.length;
    }

    int ownerAt(int position) {
        return owners[position];
    }

    Location locationAt(int index) {
        return locations.get(index);
    }

    /** The node's index, negative when it is not in the ring. */
    int indexOf(NodeId node) {
        return Collections.binarySearch(nodes, node);
    }

    Replicas replicas(ReplicationStrategy strategy) {
        var known = replicas.get(strategy);
        return known != null ? known : replicas.computeIfAbsent(strategy, any -> new Replicas(this, any));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof TokenRing ring
                        && partitioner.equals(ring.partitioner)
                        && nodes.equals(ring.nodes)
                        && locations.equals(ring.locations)
                        && Arrays.equals(owners, ring.owners)
                        && tokens.equals(ring.tokens));
    }

    @Override
    public int hashCode() {
        return 31 * nodes.hashCode() + Arrays.hashCode(owners);
    }

    @Override
    public String toString() {
        return nodes.size() + " nodes with " + owners.length + " tokens of " + partitioner.name();
    }
}
