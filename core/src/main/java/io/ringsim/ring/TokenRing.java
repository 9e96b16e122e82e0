package io.ringsim.ring;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Which node owns which tokens, and where each node stands. Immutable.
 *
 * <p>A position is a place in the sorted tokens; a node's index is its place among the sorted nodes.
 */
public final class TokenRing {
    /** A node of the ring with all its tokens. */
    public record Member(NodeId node, Location location, List<Token> tokens) {
        public Member {
            tokens = List.copyOf(tokens);
        }
    }

    private record Owned(Token token, int owner) {}

    private final Partitioner partitioner;
    private final List<NodeId> nodes;
    private final List<Location> locations;
    private final List<Token> tokens;
    private final int[] owners;
    private final long @Nullable [] longs;
    private final ConcurrentHashMap<ReplicationStrategy, Replicas> replicas = new ConcurrentHashMap<>();

    private TokenRing(Partitioner partitioner, List<NodeId> nodes, List<Location> locations, Owned[] sorted) {
        this.partitioner = partitioner;
        this.nodes = nodes;
        this.locations = locations;
        this.tokens = Arrays.stream(sorted).map(Owned::token).toList();
        this.owners = Arrays.stream(sorted).mapToInt(Owned::owner).toArray();
        this.longs = partitioner == Partitioner.MURMUR3
                ? tokens.stream()
                        .mapToLong(token -> ((Token.LongToken) token).value())
                        .toArray()
                : null;
    }

    /** The ring without nodes. */
    public static TokenRing empty(Partitioner partitioner) {
        return of(partitioner, List.of());
    }

    /**
     * The ring of these nodes.
     *
     * @throws IllegalArgumentException when two nodes own the same token, a node comes twice or has no tokens, or a
     *     token is not the partitioner's
     */
    public static TokenRing of(Partitioner partitioner, Collection<Member> members) {
        var sorted = members.stream().sorted(Comparator.comparing(Member::node)).toList();
        var owned = new ArrayList<Owned>();
        for (int index = 0; index < sorted.size(); index++) {
            var member = sorted.get(index);
            if (index > 0 && sorted.get(index - 1).node().equals(member.node())) {
                throw new IllegalArgumentException(member.node() + " is in the ring twice");
            }
            if (member.tokens().isEmpty()) {
                throw new IllegalArgumentException(member.node() + " has no tokens");
            }
            for (var token : member.tokens()) {
                if (!partitioner.owns(token)) {
                    throw new IllegalArgumentException(
                            "token " + token + " of " + member.node() + " is none of " + partitioner.name());
                }
                owned.add(new Owned(token, index));
            }
        }
        var byToken = owned.toArray(new Owned[0]);
        Arrays.sort(byToken, Comparator.comparing(Owned::token));
        for (int i = 1; i < byToken.length; i++) {
            if (byToken[i].token().equals(byToken[i - 1].token())) {
                throw new IllegalArgumentException("token " + byToken[i].token() + " is owned by "
                        + sorted.get(byToken[i - 1].owner()).node() + " and by "
                        + sorted.get(byToken[i].owner()).node());
            }
        }
        return new TokenRing(
                partitioner,
                sorted.stream().map(Member::node).toList(),
                sorted.stream().map(Member::location).toList(),
                byToken);
    }

    /** This ring with the node and exactly these tokens of it. */
    public TokenRing with(NodeId node, Location location, Collection<Token> tokens) {
        var members = new ArrayList<Member>();
        for (var member : members()) {
            if (!member.node().equals(node)) {
                members.add(member);
            }
        }
        members.add(new Member(node, location, List.copyOf(tokens)));
        return of(partitioner, members);
    }

    /** This ring without the node. */
    public TokenRing without(NodeId node) {
        return isMember(node)
                ? of(
                        partitioner,
                        members().stream()
                                .filter(member -> !member.node().equals(node))
                                .toList())
                : this;
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
        for (int i = 0; i < nodes.size(); i++) {
            owned.add(new ArrayList<>());
        }
        for (int position = 0; position < owners.length; position++) {
            owned.get(owners[position]).add(tokens.get(position));
        }
        var members = new ArrayList<Member>();
        for (int i = 0; i < nodes.size(); i++) {
            members.add(new Member(nodes.get(i), locations.get(i), owned.get(i)));
        }
        return members;
    }

    public boolean isMember(NodeId node) {
        return indexOf(node) >= 0;
    }

    /**
     * Where the node stands.
     *
     * @throws IllegalArgumentException when it is not in the ring
     */
    public Location location(NodeId node) {
        return locations.get(indexOfMember(node));
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
        return List.copyOf(owned);
    }

    /**
     * The owner of the first token at or after this one, past the last going on at the first.
     *
     * @throws IllegalStateException when the ring is empty
     */
    public NodeId owner(Token token) {
        requireTokens();
        return nodes.get(owners[position(token)]);
    }

    /** The node that owns exactly this token. */
    @Nullable
    NodeId holder(Token token) {
        if (owners.length == 0) {
            return null;
        }
        int position = position(token);
        return tokens.get(position).equals(token) ? nodes.get(owners[position]) : null;
    }

    /** The range whose keys the owner of this token, or of the first one after it, holds first. */
    public TokenRange primaryRange(Token token) {
        requireTokens();
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

    /** The share of the ring each node holds first. */
    public SortedMap<NodeId, Double> ownership() {
        var shares = zeroes();
        var owned = partitioner.owned(tokens);
        for (int position = 0; position < owned.length; position++) {
            shares.merge(nodes.get(owners[position]), owned[position], Double::sum);
        }
        return Collections.unmodifiableSortedMap(shares);
    }

    /** The share of the ring each node holds a replica of: nodetool's "Owns (effective)". */
    public SortedMap<NodeId, Double> ownership(ReplicationStrategy strategy) {
        var shares = zeroes();
        var owned = partitioner.owned(tokens);
        for (int position = 0; position < owned.length; position++) {
            for (var node : replicas(strategy).at(position)) {
                shares.merge(node, owned[position], Double::sum);
            }
        }
        return Collections.unmodifiableSortedMap(shares);
    }

    private SortedMap<NodeId, Double> zeroes() {
        var shares = new TreeMap<NodeId, Double>();
        nodes.forEach(node -> shares.put(node, 0.0));
        return shares;
    }

    /** The position of the first token at or after this one. */
    int position(Token token) {
        int found = longs != null
                ? Arrays.binarySearch(longs, ((Token.LongToken) token).value())
                : Collections.binarySearch(tokens, token);
        int position = found >= 0 ? found : -found - 1;
        return position == owners.length ? 0 : position;
    }

    TokenRange range(int position) {
        return new TokenRange(tokens.get(position == 0 ? owners.length - 1 : position - 1), tokens.get(position));
    }

    int size() {
        return owners.length;
    }

    int ownerAt(int position) {
        return owners[position];
    }

    NodeId node(int index) {
        return nodes.get(index);
    }

    Location locationAt(int index) {
        return locations.get(index);
    }

    int indexOf(NodeId node) {
        return Collections.binarySearch(nodes, node);
    }

    Replicas replicas(ReplicationStrategy strategy) {
        return replicas.computeIfAbsent(strategy, any -> new Replicas(this, any));
    }

    private int indexOfMember(NodeId node) {
        int index = indexOf(node);
        if (index < 0) {
            throw new IllegalArgumentException(node + " is not in the ring");
        }
        return index;
    }

    private void requireTokens() {
        if (owners.length == 0) {
            throw new IllegalStateException("the ring is empty");
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TokenRing ring
                && partitioner.equals(ring.partitioner)
                && nodes.equals(ring.nodes)
                && locations.equals(ring.locations)
                && tokens.equals(ring.tokens)
                && Arrays.equals(owners, ring.owners);
    }

    @Override
    public int hashCode() {
        return 31 * nodes.hashCode() + tokens.hashCode();
    }

    @Override
    public String toString() {
        return nodes.size() + " nodes, " + owners.length + " tokens of " + partitioner.name();
    }
}
