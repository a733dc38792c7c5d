package io.undertone.webapp.management;

import io.undertone.webapp.config.ManagementConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Objects;

/** The bearer token of the management side. Never shown by {@link #toString}. */
public final class ManagementToken {
    private static final int BYTES = 32;

    private final String value;
    private final boolean made;

    private ManagementToken(String value, boolean made) {
        this.value = value;
        this.made = made;
    }

    /**
     * The configured token; else the one kept in the token file; else a new one, kept there for its owner alone. Of
     * several servers that start at once with one file, one makes the token and the others read it.
     *
     * @throws IOException if the file cannot be read or written; the message names it and the mend
     */
    public static ManagementToken obtain(ManagementConfig config) throws IOException {
        String configured = config.token();
        if (configured != null) {
            return new ManagementToken(configured, false);
        }
        Path file = config.tokenFile().toAbsolutePath();
        try {
            return Files.exists(file) ? kept(file) : make(file);
        } catch (FileAlreadyExistsException inTheWay) {
            throw unusable(
                    file,
                    inTheWay.getFile() + " is a file, not a directory",
                    "move it away, or set management.tokenFile to another place",
                    inTheWay);
        } catch (AccessDeniedException denied) {
            throw unusable(
                    file,
                    "access to " + denied.getFile() + " is denied",
                    "make it writable, or set management.token",
                    denied);
        } catch (IOException failure) {
            throw unusable(
                    file, String.valueOf(failure.getMessage()), "make it writable, or set management.token", failure);
        }
    }

    private static IOException unusable(Path file, String why, String mend, IOException cause) {
        return new IOException("the management token cannot be kept in " + file + " (" + why + "); " + mend, cause);
    }

    private static ManagementToken kept(Path file) throws IOException {
        String value = Files.readString(file, StandardCharsets.US_ASCII).strip();
        if (value.isEmpty()) {
            throw new IOException("it is empty: delete it to have a new one made");
        }
        return new ManagementToken(value, false);
    }

    private static ManagementToken make(Path file) throws IOException {
        byte[] random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        String value = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        Path directory = Files.createDirectories(Objects.requireNonNull(file.getParent()));
        // A temporary file is its owner's alone from the start; the link makes it appear whole, or not at all.
        Path written = Files.createTempFile(directory, "management-token", null);
        try {
            Files.writeString(written, value + "\n");
            Files.createLink(file, written);
            return new ManagementToken(value, true);
        } catch (FileAlreadyExistsException anotherWasFirst) {
            return kept(file);
        } finally {
            Files.delete(written);
        }
    }

    /** The token where it was made just now, and nobody else can have told its owner. */
    public boolean isNew() {
        return made;
    }

    /** The token itself, to be told to its owner and to nobody else. */
    public String reveal() {
        return value;
    }

    /** Whether this is what was sent; takes as long for a near miss as for any other. */
    boolean matches(String sent) {
        return MessageDigest.isEqual(value.getBytes(StandardCharsets.UTF_8), sent.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "ManagementToken[…]";
    }
}
