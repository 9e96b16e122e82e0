package io.ringsim.nodetool;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * The rows of {@code nodetool status}: UN, Address, Load, Tokens, Owns, Host ID, Rack; or, when every node has one
 * token, UN, Address, Load, Owns, Host ID, Token, Rack.
 */
final class StatusRows implements RowReader {
    private static final Pattern HOST_ID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private final boolean hasTokenCount;
    private final boolean hasToken;

    StatusRows(boolean hasTokenCount, boolean hasToken) {
        this.hasTokenCount = hasTokenCount;
        this.hasToken = hasToken;
    }

    @Override
    public Optional<Row> read(Cursor cursor, int number, String line, String datacenter) {
        int start = cursor.column();
        String code = cursor.word();
        Optional<State> state = code.length() == 2 && "UD?".indexOf(code.charAt(0)) >= 0
                ? State.ofLetter(code.charAt(1))
                : Optional.empty();
        if (state.isEmpty()) {
            return cursor.fail(
                    start,
                    code,
                    "'" + code + "' is no status of a node",
                    "a row begins with U, D or ? and N, L, J or M: UN, DN, UJ");
        }
        String address = cursor.word();
        if (address.isEmpty()) {
            return cursor.fail(cursor.column(), " ", "the line ends before the address", "was the output cut off?");
        }
        Optional<OptionalLong> load = cursor.load();
        if (load.isEmpty()) {
            return Optional.empty();
        }
        int tokens = hasTokenCount ? count(cursor) : 1;
        if (tokens < 0 || !cursor.owns()) {
            return Optional.empty();
        }
        String hostId = hostId(cursor);
        int tokenColumn = cursor.column();
        String token = hasToken ? cursor.word() : "";
        String rack = cursor.rest();
        if (rack.isEmpty()) {
            return cursor.fail(cursor.column(), " ", "the rack of " + address + " is missing", "was the line cut off?");
        }
        return Optional.of(new Row(
                number,
                hasToken ? tokenColumn : start,
                address,
                datacenter,
                rack,
                liveness(code.charAt(0)),
                state.get(),
                load.get(),
                token,
                tokens,
                hostId));
    }

    private int count(Cursor cursor) {
        int start = cursor.column();
        String word = cursor.word();
        if (word.isEmpty() || word.length() > 6 || !word.chars().allMatch(c -> c >= '0' && c <= '9')) {
            cursor.fail(
                    start,
                    word,
                    word.isEmpty() ? "the line ends before the tokens" : "'" + word + "' is no number of tokens",
                    "the column Tokens counts them: 16");
            return -1;
        }
        return Integer.parseInt(word);
    }

    /** A node that came up a moment ago may have none yet: then the column is blank, or says null. */
    private static String hostId(Cursor cursor) {
        String word = cursor.peek();
        if (HOST_ID.matcher(word).matches()) {
            return cursor.word();
        }
        if (word.equals("null") || word.equals("?")) {
            cursor.word();
        }
        return "";
    }

    private static Liveness liveness(char letter) {
        return switch (letter) {
            case 'U' -> Liveness.UP;
            case 'D' -> Liveness.DOWN;
            default -> Liveness.UNKNOWN;
        };
    }
}
