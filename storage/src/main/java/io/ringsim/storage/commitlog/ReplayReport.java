package io.ringsim.storage.commitlog;

import java.util.List;

/**
 * What a replay found.
 *
 * @param segments files read
 * @param bytes of entries read, whatever became of them
 * @param replayed writes handed on
 * @param alreadyFlushed updates of one table left out because SSTables have them
 * @param ofUnknownTables updates left out because there is no such table
 * @param torn where files end in what was never safe, as a crash leaves them: no error
 * @param corrupt what was safe, is corrupt and was left out: {@link ReplayPolicy#SKIP}
 */
public record ReplayReport(
        int segments,
        long bytes,
        long replayed,
        long alreadyFlushed,
        long ofUnknownTables,
        List<LeftOut> torn,
        List<LeftOut> corrupt) {
    public ReplayReport {
        torn = List.copyOf(torn);
        corrupt = List.copyOf(corrupt);
    }

    /**
     * A part of a file that was left out.
     *
     * @param offset bytes from the beginning of the file
     * @param length bytes, up to where reading went on
     * @param why for an operator
     */
    public record LeftOut(String path, long offset, long length, String why) {
        @Override
        public String toString() {
            return path + " at " + offset + ": " + why + "; left out " + length + " bytes";
        }
    }
}
