package io.ringsim.nodetool;

import java.util.Optional;
import java.util.OptionalLong;

/** The rows of {@code nodetool ring}: Address, (DC until 1.1), Rack, Status, State, Load, Owns, Token. */
final class RingRows implements RowReader {
    private final boolean hasDatacenter;

    RingRows(boolean hasDatacenter) {
        this.hasDatacenter = hasDatacenter;
    }

    @Override
    public Optional<Row> read(Cursor cursor, int number, String line, String datacenter) {
        int start = cursor.column();
        String address = cursor.word();
        String dc = hasDatacenter ? cursor.word() : datacenter;
        int rackStart = cursor.column();
        int statusEnd = statusBeforeState(line, rackStart);
        if (statusEnd < 0) {
            return cursor.fail(
                    rackStart,
                    cursor.word(),
                    "no Status and State after the address",
                    "a row reads: address rack Up|Down|? Normal|Leaving|Joining|Moving load owns token");
        }
        int statusStart = statusEnd - statusLength(line, statusEnd);
        String rack = line.substring(rackStart - 1, statusStart).strip();
        if (rack.isEmpty()) {
            return cursor.fail(rackStart, " ", "the rack of " + address + " is missing", "it stands before the Status");
        }
        Liveness liveness = liveness(line.substring(statusStart, statusEnd));
        cursor.moveTo(statusEnd + 1);
        State state = State.ofWord(cursor.word()).orElseThrow();
        Optional<OptionalLong> load = cursor.load();
        if (load.isEmpty() || !cursor.owns()) {
            return Optional.empty();
        }
        int tokenColumn = cursor.column();
        String token = cursor.rest();
        if (token.isEmpty()) {
            return cursor.fail(tokenColumn, " ", "the token is missing", "was the line cut off or wrapped?");
        }
        return Optional.of(new Row(
                number,
                hasDatacenter ? start : tokenColumn,
                address,
                dc,
                rack,
                liveness,
                state,
                load.get(),
                token,
                0,
                ""));
    }

    /**
     * The index just after the Status word. A rack of twelve letters or more runs into it ({@code us-east-1-aaUp}), so
     * it is found by the State that follows.
     */
    private static int statusBeforeState(String line, int from) {
        int at = from - 1;
        while (at < line.length()) {
            int end = at;
            while (end < line.length() && !Cursor.isBlank(line.charAt(end))) {
                end++;
            }
            int next = end;
            while (next < line.length() && Cursor.isBlank(line.charAt(next))) {
                next++;
            }
            if (end > at && statusLength(line, end) > 0 && State.isAt(line, next)) {
                return end;
            }
            at = Math.max(next, at + 1);
        }
        return -1;
    }

    private static int statusLength(String line, int end) {
        if (line.startsWith("Up", end - 2)) {
            return 2;
        }
        if (line.startsWith("Down", end - 4)) {
            return 4;
        }
        return line.startsWith("?", end - 1) ? 1 : 0;
    }

    private static Liveness liveness(String word) {
        return switch (word) {
            case "Up" -> Liveness.UP;
            case "Down" -> Liveness.DOWN;
            default -> Liveness.UNKNOWN;
        };
    }
}
