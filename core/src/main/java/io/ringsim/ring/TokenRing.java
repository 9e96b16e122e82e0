package io.ringsim.ring;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
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
    private final SortedTokens tokens;
    private final int[] owners;
    private final ConcurrentHashMap<ReplicationStrategy, Replicas> replicas = new ConcurrentHashMap<>();
    private volatile @Nullable Replicas lastAsked;
    private int @Nullable [] tokenCounts;

    private TokenRing(
            Partitioner partitioner, List<NodeId> nodes, List<Location> locations, SortedTokens tokens, int[] owners) {
        this.partitioner = partitioner;
        this.nodes = Collections.unmodifiableList(nodes);
        this.locations = Collections.unmodifiableList(locations);
        this.tokens = tokens;
        this.owners = owners;
    }

    /** The ring without nodes. */
    public static TokenRing empty(Partitioner partitioner) {
        return of(partitioner, List.of());
    }

    /**
     * The ring of these nodes.
     *
     * @throws IllegalArgumentException when a token is claimed twice or is not the partitioner's, or a node comes twice
     *     or has no tokens; the message names them
     */
    public static TokenRing of(Partitioner partitioner, Collection<Member> members) {
        var sorted = members.stream().sorted(Comparator.comparing(Member::node)).toList();
        var all = new ArrayList<Token>();
        for (int index = 0; index < sorted.size(); index++) {
            var member = sorted.get(index);
            if (index > 0 && sorted.get(index - 1).node().equals(member.node())) {
                throw new IllegalArgumentException(member.node() + " is in the ring twice");
            }
            requireTokens(partitioner, member.node(), member.tokens());
            all.addAll(member.tokens());
        }
        var tokens = SortedTokens.of(partitioner, all);
        var owners = new int[tokens.size()];
        Arrays.fill(owners, -1);
        for (int index = 0; index < sorted.size(); index++) {
            for (var token : sorted.get(index).tokens()) {
                int position = tokens.find(token);
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
        var at = new int[added.length];
        for (int i = 0; i < at.length; i++) {
            int found = tokens.find(added[i]);
            if (found >= 0) {
                throw claimedTwice(added[i], nodes.get(owners[found]), node);
            }
            at[i] = -found - 1;
        }
        var allNodes = new ArrayList<>(nodes);
        allNodes.add(index, node);
        var allLocations = new ArrayList<>(locations);
        allLocations.add(index, location);
        return new TokenRing(partitioner, allNodes, allLocations, tokens.with(added, at), ownersWith(index, at));
    }

    private int[] ownersWith(int index, int[] at) {
        var merged = new int[owners.length + at.length];
        int next = 0;
        for (int position = 0; position < owners.length; position++) {
            while (next < at.length && at[next] == position) {
                merged[position + next++] = index;
            }
            merged[position + next] = owners[position] >= index ? owners[position] + 1 : owners[position];
        }
        Arrays.fill(merged, owners.length + next, merged.length, index);
        return merged;
    }

    /** This ring once the node owns these tokens, whoever owned them before; who then has none is no member. */
    TokenRing takenOverBy(NodeId node, Location location, Collection<Token> taken) {
        var ring = this;
        for (var token : taken) {
            var owner = ring.holder(token);
            if (owner != null && !owner.equals(node)) {
                var kept = new TreeSet<>(ring.tokensOf(owner));
                kept.removeAll(taken);
                ring = kept.isEmpty() ? ring.without(owner) : ring.with(owner, ring.location(owner), kept);
            }
        }
        return ring.with(node, location, taken);
    }

    /** This ring without the node. */
    public TokenRing without(NodeId node) {
        return without(List.of(node));
    }

    /** This ring without those of the nodes that are in it. */
    public TokenRing without(Collection<NodeId> leavers) {
        var newIndex = new int[nodes.size()];
        leavers.stream().mapToInt(this::indexOf).filter(index -> index >= 0).forEach(index -> newIndex[index] = -1);
        var keptNodes = new ArrayList<NodeId>();
        var keptLocations = new ArrayList<Location>();
        for (int index = 0; index < newIndex.length; index++) {
            if (newIndex[index] >= 0) {
                newIndex[index] = keptNodes.size();
                keptNodes.add(nodes.get(index));
                keptLocations.add(locations.get(index));
            }
        }
        if (keptNodes.size() == nodes.size()) {
            return this;
        }
        int[] kept = IntStream.range(0, owners.length)
                .filter(position -> newIndex[owners[position]] >= 0)
                .toArray();
        int[] keptOwners =
                IntStream.of(kept).map(position -> newIndex[owners[position]]).toArray();
        return new TokenRing(partitioner, keptNodes, keptLocations, tokens.only(kept), keptOwners);
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
        if (index < 0
                || countsOfTokens()[index] != owned.size()
                || !locations.get(index).equals(location)) {
            return false;
        }
        boolean ascending = true;
        int last = -1;
        for (var token : owned) {
            int position = tokens.find(token);
            if (position < 0 || owners[position] != index) {
                return false;
            }
            ascending &= position > last;
            last = position;
        }
        return ascending || new TreeSet<>(owned).size() == owned.size();
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
        return tokens.asList();
    }

    /** The node's tokens, ascending; none when it is not in the ring. */
    public List<Token> tokensOf(NodeId node) {
        return IntStream.of(positionsOf(indexOf(node))).mapToObj(tokens::get).toList();
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
        return IntStream.range(0, owners.length).mapToObj(this::range).toList();
    }

    /** The share of the ring each node owns by its tokens. */
    public SortedMap<NodeId, Double> ownership() {
        return Ownership.of(this, position -> new int[] {owners[position]});
    }

    /** The share of the ring each node holds a replica of: nodetool's "Owns (effective)". */
    public SortedMap<NodeId, Double> ownership(ReplicationStrategy strategy) {
        return Ownership.of(this, Placement.of(strategy, this));
    }

    /** The position of the first token at or after this one. */
    int position(Token token) {
        if (owners.length == 0) {
            throw new IllegalStateException("the ring is empty");
        }
        int found = tokens.find(token);
        int position = found >= 0 ? found : -found - 1;
        return position == owners.length ? 0 : position;
    }

    TokenRange range(int position) {
        return new TokenRange(tokens.get(position == 0 ? owners.length - 1 : position - 1), tokens.get(position));
    }

    /** The node that owns exactly this token. */
    @Nullable
    NodeId holder(Token token) {
        int found = tokens.find(token);
        return found >= 0 ? nodes.get(owners[found]) : null;
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

    /** The positions of the tokens the node of that index owns. */
    int[] positionsOf(int index) {
        return IntStream.range(0, owners.length)
                .filter(position -> owners[position] == index)
                .toArray();
    }

    Replicas replicas(ReplicationStrategy strategy) {
        var last = lastAsked;
        if (last == null || !last.isOf(strategy)) {
            last = replicas.computeIfAbsent(strategy, any -> new Replicas(this, any));
            lastAsked = last;
        }
        return last;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof TokenRing ring
                        && partitioner.equals(ring.partitioner)
                        && nodes.equals(ring.nodes)
                        && locations.equals(ring.locations)
                        && Arrays.equals(owners, ring.owners)
                        && tokens().equals(ring.tokens()));
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
