package io.ringsim.input;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A text and the name people know it by. Lines and columns count from 1.
 *
 * @param lines without their ends; none has a carriage return at its end
 */
public record Source(String name, String text, List<String> lines) {
    /** More than any tool's output or configuration; what is larger was named by mistake. */
    public static final long MAX_BYTES = 256L << 20;

    public Source {
        lines = Collections.unmodifiableList(lines);
    }

    public static Source of(String name, String text) {
        return new Source(name, text, split(text));
    }

    private static List<String> split(String text) {
        var lines = new ArrayList<String>();
        int start = 0;
        while (start < text.length()) {
            int feed = text.indexOf('\n', start);
            int end = feed < 0 ? text.length() : feed;
            boolean isReturned = end > start && text.charAt(end - 1) == '\r';
            lines.add(text.substring(start, isReturned ? end - 1 : end));
            start = end + 1;
        }
        return lines;
    }

    /**
     * Reads a file: UTF-8, or UTF-16 when it begins with a byte order mark.
     *
     * @throws BadInput when it is not there, not a text, empty, or larger than {@link #MAX_BYTES}
     */
    public static Source read(Path file) {
        return read(file, MAX_BYTES);
    }

    static Source read(Path file, long maxBytes) {
        String name = file.toString();
        try {
            if (Files.isDirectory(file)) {
                throw BadInput.in(name, "is a directory", "name a file");
            }
            if (!Files.exists(file)) {
                throw BadInput.in(name, "no such file", "check the name");
            }
            long size = Files.size(file);
            if (size > maxBytes) {
                throw BadInput.in(
                        name,
                        "is " + size + " bytes, more than the " + maxBytes + " that are read",
                        "name another file");
            }
            return of(name, decode(name, Files.readAllBytes(file)));
        } catch (IOException failure) {
            throw BadInput.in(name, "cannot be read (" + failure.getClass().getSimpleName() + ")", "check its rights");
        }
    }

    /** As {@link #read(Path)}, for bytes that came another way. */
    public static Source decoded(String name, byte[] bytes) {
        return of(name, decode(name, bytes));
    }

    private static String decode(String name, byte[] bytes) {
        if (bytes.length == 0) {
            throw BadInput.in(name, "is empty", "write the tool's output or a scenario into it");
        }
        if (startsWith(bytes, 0xFF, 0xFE)) {
            return strict(name, StandardCharsets.UTF_16LE, bytes, 2);
        }
        if (startsWith(bytes, 0xFE, 0xFF)) {
            return strict(name, StandardCharsets.UTF_16BE, bytes, 2);
        }
        boolean isAscii = true;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == 0) {
                throw BadInput.in(name, "is binary (a zero byte at offset " + i + ")", "give a text file");
            }
            isAscii &= bytes[i] > 0;
        }
        if (isAscii) {
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }
        return strict(name, StandardCharsets.UTF_8, bytes, startsWith(bytes, 0xEF, 0xBB, 0xBF) ? 3 : 0);
    }

    private static String strict(String name, Charset charset, byte[] bytes, int from) {
        try {
            return charset.newDecoder()
                    .decode(ByteBuffer.wrap(bytes, from, bytes.length - from))
                    .toString();
        } catch (CharacterCodingException notText) {
            throw BadInput.in(name, "is not a text in " + charset, "give a text file");
        }
    }

    private static boolean startsWith(byte[] bytes, int... mark) {
        if (bytes.length < mark.length) {
            return false;
        }
        for (int i = 0; i < mark.length; i++) {
            if ((bytes[i] & 0xFF) != mark[i]) {
                return false;
            }
        }
        return true;
    }

    /** The line, or nothing when there is none of that number. */
    public String line(int number) {
        return number >= 1 && number <= lines.size() ? lines.get(number - 1) : "";
    }
}
