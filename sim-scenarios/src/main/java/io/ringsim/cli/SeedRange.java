package io.ringsim.cli;

import io.ringsim.input.Malformed;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Seeds from one to another, both included. */
record SeedRange(long first, long last) {
    private static final Pattern FORM = Pattern.compile("(-?\\d{1,18})\\.\\.(-?\\d{1,18})");
    private static final long MOST = 1_000_000;

    static SeedRange parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new Malformed("'" + text + "' is no range of seeds", "write 1..200");
        }
        long first = Long.parseLong(matcher.group(1));
        long last = Long.parseLong(matcher.group(2));
        if (last < first) {
            throw new Malformed("'" + text + "' ends before it begins", "write the smaller seed first");
        }
        if (last - first >= MOST) {
            throw new Malformed("'" + text + "' has more than " + MOST + " seeds", "sweep fewer at a time");
        }
        return new SeedRange(first, last);
    }

    int count() {
        return (int) (last - first + 1);
    }
}
