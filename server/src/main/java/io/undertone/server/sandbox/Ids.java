package io.undertone.server.sandbox;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Makes identifiers that look like the vendor's, and keys that cannot be guessed. Thread-safe. */
final class Ids {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    private Ids() {}

    /** Sixteen letters and digits, like {@code 0006KA9HFHRR0T2B}. */
    static String interactionId() {
        StringBuilder id = new StringBuilder("0006");
        RANDOM.ints(12, 0, ALPHABET.length()).forEach(i -> id.append(ALPHABET.charAt(i)));
        return id.toString();
    }

    static String userId() {
        return hex(8);
    }

    static String secureKey() {
        return hex(20);
    }

    static String fileId() {
        return hex(10);
    }

    private static String hex(int bytes) {
        byte[] random = new byte[bytes];
        RANDOM.nextBytes(random);
        return HexFormat.of().formatHex(random);
    }
}
