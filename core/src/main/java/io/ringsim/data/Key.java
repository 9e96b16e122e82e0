package io.ringsim.data;

import io.ringsim.ring.Partitioner;
import io.ringsim.ring.Token;

/** A partition key with its token: in Cassandra's words a decorated key. Keys order by token, then by their bytes. */
public record Key(Token token, Bytes bytes) implements Comparable<Key> {
    /**
     * The key with the token that the partitioner gives it.
     *
     * @throws IllegalArgumentException when the key is empty or the partitioner has no token for it
     */
    public static Key of(Partitioner partitioner, Bytes bytes) {
        if (bytes.isEmpty()) {
            throw new IllegalArgumentException("a partition key is not empty");
        }
        return new Key(partitioner.token(bytes.toArray()), bytes);
    }

    @Override
    public int compareTo(Key other) {
        int byToken = token.compareTo(other.token);
        return byToken != 0 ? byToken : bytes.compareTo(other.bytes);
    }

    @Override
    public String toString() {
        return bytes + "@" + token;
    }
}
