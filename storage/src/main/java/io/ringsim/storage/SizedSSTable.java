package io.ringsim.storage;

import io.ringsim.data.TableId;
import io.ringsim.ring.TokenRange;
import java.math.BigInteger;
import java.util.Optional;

/**
 * An SSTable of which only the size is known: its bytes lie evenly over the tokens it covers. All shares are exact whole
 * numbers, so that parts add up and what was planned is what is sent.
 *
 * @param name of its Data component, unique in the table: {@code nb-5-big-Data.db}
 * @param bytes on disk, all components
 */
public record SizedSSTable(TableId table, String name, long bytes, Coverage coverage) {
    public SizedSSTable {
        if (bytes < 0 || (bytes > 0 && coverage.isEmpty())) {
            throw new IllegalArgumentException(name + " of " + table + " has " + bytes + " bytes in " + coverage);
        }
    }

    /** The bytes on disk that lie in these ranges; what disjoint requests get adds up to what their union gets. */
    public long bytesIn(Coverage requested) {
        return coverage.equals(requested) ? bytes : bytesOf(bytes, coverage.intersect(requested));
    }

    /** This SSTable as it is sent to one who requests these ranges; nothing when it holds nothing of them. */
    public Optional<StreamableFile> fileFor(Coverage requested, SizeModel model) {
        return fileOf(coverage.intersect(requested), model);
    }

    /** These sections of it as they are sent. */
    Optional<StreamableFile> fileOf(Coverage sections, SizeModel model) {
        long stored = bytesOf(bytes, sections);
        if (stored == 0) {
            return Optional.empty();
        }
        if (model.entireSSTables() && sections.equals(coverage)) {
            return Optional.of(new StreamableFile(table, name, sections, bytes, bytes, model.components()));
        }
        return Optional.of(new StreamableFile(table, name, sections, chunksOf(sections, model), stored, 1));
    }

    private long bytesOf(long total, Coverage sections) {
        long sum = 0;
        long upTo = 0;
        for (var section : sections.ranges()) {
            long to = end(total, section);
            sum += to - Math.max(upTo, begin(total, section));
            upTo = to;
        }
        return sum;
    }

    /** The sections' bytes in the Data component, each grown by half a chunk at both ends as far as there is room. */
    private long chunksOf(Coverage sections, SizeModel model) {
        long data = Math.max(1, mulDiv(bytes, BigInteger.valueOf(model.dataPerMille()), BigInteger.valueOf(1000)));
        long half = model.chunkBytes() / 2;
        long sent = 0;
        long upTo = 0;
        for (var section : sections.ranges()) {
            long from = Math.max(upTo, begin(data, section) - half);
            long to = Math.min(data, end(data, section) + half);
            sent += Math.max(0, to - from);
            upTo = Math.max(upTo, to);
        }
        return sent;
    }

    private long begin(long total, TokenRange section) {
        return isPoint() ? 0 : mulDiv(total, coverage.widthBefore(section), coverage.width());
    }

    private long end(long total, TokenRange section) {
        var upTo = coverage.widthBefore(section).add(Position.width(section));
        return isPoint() ? total : mulDiv(total, upTo, coverage.width());
    }

    /** Whether its tokens are too near to each other to be told apart by their positions. */
    private boolean isPoint() {
        return coverage.width().signum() == 0;
    }

    private static long mulDiv(long total, BigInteger part, BigInteger whole) {
        return BigInteger.valueOf(total).multiply(part).divide(whole).longValueExact();
    }

    @Override
    public String toString() {
        return table + "/" + name;
    }
}
