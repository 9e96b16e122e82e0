package io.ringsim.deploy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.MessageDigest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What whoever operates a host has to know. */
final class AdminToken {
    private static final int SHORTEST = 16;
    private static final String BEARER = "Bearer ";

    private final byte[] token;

    private AdminToken(byte[] token) {
        this.token = token;
    }

    /**
     * Reads it from its file; nothing without one.
     *
     * @throws IOException when the file cannot be read, others may read it, or its token is too short
     */
    static Optional<AdminToken> read(Optional<Path> file) throws IOException {
        if (file.isEmpty()) {
            return Optional.empty();
        }
        var path = file.get();
        var token = Files.readString(path, StandardCharsets.UTF_8).strip();
        if (token.length() < SHORTEST) {
            throw new IOException(path + ": the token has less than " + SHORTEST + " characters; take a longer one");
        }
        if (Files.getFileStore(path).supportsFileAttributeView("posix")) {
            var rights = Files.getPosixFilePermissions(path);
            if (rights.contains(PosixFilePermission.OTHERS_READ) || rights.contains(PosixFilePermission.GROUP_READ)) {
                throw new IOException(path + ": others may read the token; chmod 600 " + path);
            }
        }
        return Optional.of(new AdminToken(token.getBytes(StandardCharsets.UTF_8)));
    }

    /** Whether a header {@code Authorization: Bearer TOKEN} has it; compared in a time that tells nothing. */
    boolean isIn(@Nullable String header) {
        return header != null
                && header.startsWith(BEARER)
                && MessageDigest.isEqual(
                        token, header.substring(BEARER.length()).getBytes(StandardCharsets.UTF_8));
    }
}
