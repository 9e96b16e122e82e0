package io.ringsim.ring;

/**
 * The name of a node: an address ({@code 127.0.9.1}) or a short name ({@code n1}).
 *
 * @param value not blank, without white space
 */
public record NodeId(String value) implements Comparable<NodeId> {
    public NodeId {
        if (value.isEmpty() || value.chars().anyMatch(Character::isWhitespace)) {
            throw new IllegalArgumentException(
                    "a node's name must not be blank or contain white space: '" + value + "'");
        }
    }

    @Override
    public int compareTo(NodeId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
