package io.undertone.webapp.probe;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Writes tokens that nobody else can write, and reads them.
 *
 * <p>A token is base64url of a nonce (8 bytes), the second of its expiry (4 bytes), HMAC-SHA256 over all the rest cut to 16
 * bytes (RFC 2104 section 5), and the interaction's id in UTF-8: 59 characters for an id of 16. The key changes every day at
 * midnight UTC and follows from the day of issue and a secret, so that nodes with the same secret have the same keys, and a
 * token stays good over midnight. Thread-safe.
 */
final class ProbeTokens {
    /** How long a token is good: longer than a customer's poll and the difference of two nodes' clocks. */
    static final Duration LIFETIME = Duration.ofMinutes(10);

    /** As many as a token with an id of the greatest length has. */
    static final int MOST_CHARACTERS = 1_500;

    private static final int NONCE_BYTES = 8;
    private static final int EXPIRY_BYTES = 4;
    private static final int MAC_BYTES = 16;
    private static final int HEAD_BYTES = NONCE_BYTES + EXPIRY_BYTES + MAC_BYTES;
    private static final long SECONDS_OF_A_DAY = Duration.ofDays(1).toSeconds();
    private static final String ALGORITHM = "HmacSHA256";

    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    /** The secret to write with stands first; the others are still read with. */
    private volatile List<byte[]> secrets;

    /** Begins with a secret of its own, which no other node has. */
    ProbeTokens(Clock clock) {
        this.clock = clock;
        byte[] own = new byte[32];
        random.nextBytes(own);
        this.secrets = List.of(own);
    }

    /** Writes with another secret from now on; what was written with the one before stays good. */
    synchronized void use(byte[] secret) {
        byte[] before = secrets.get(0);
        if (!MessageDigest.isEqual(before, secret)) {
            secrets = List.of(secret.clone(), before);
        }
    }

    /** The text of a new token. */
    String issue(String interactionId) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        int expiry = (int) clock.instant().plus(LIFETIME).getEpochSecond();
        byte[] id = interactionId.getBytes(StandardCharsets.UTF_8);
        byte[] mac = mac(secrets.get(0), nonce, expiry, id);
        byte[] token = ByteBuffer.allocate(HEAD_BYTES + id.length)
                .put(nonce)
                .putInt(expiry)
                .put(mac)
                .put(id)
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
    }

    /** The token of that text; empty for what is none, was written by others, was changed, or has expired. */
    Optional<ProbeToken> read(String text) {
        if (text.length() > MOST_CHARACTERS) {
            return Optional.empty();
        }
        byte[] token;
        try {
            token = Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException notOne) {
            return Optional.empty();
        }
        // Two spellings of one token would be two tokens.
        boolean isSpelledAsWritten =
                Base64.getUrlEncoder().withoutPadding().encodeToString(token).equals(text);
        return token.length > HEAD_BYTES && isSpelledAsWritten ? check(ByteBuffer.wrap(token)) : Optional.empty();
    }

    private Optional<ProbeToken> check(ByteBuffer token) {
        byte[] nonce = new byte[NONCE_BYTES];
        token.get(nonce);
        int expiry = token.getInt();
        byte[] mac = new byte[MAC_BYTES];
        token.get(mac);
        byte[] id = new byte[token.remaining()];
        token.get(id);
        boolean isOurs =
                secrets.stream().anyMatch(secret -> MessageDigest.isEqual(mac, mac(secret, nonce, expiry, id)));
        Instant expiresAt = Instant.ofEpochSecond(Integer.toUnsignedLong(expiry));
        return isOurs && clock.instant().isBefore(expiresAt)
                ? Optional.of(new ProbeToken(
                        HexFormat.of().formatHex(nonce), new String(id, StandardCharsets.UTF_8), expiresAt))
                : Optional.empty();
    }

    private static byte[] mac(byte[] secret, byte[] nonce, int expiry, byte[] id) {
        long issued = Integer.toUnsignedLong(expiry) - LIFETIME.toSeconds();
        byte[] keyOfTheDay =
                hmac(secret, ByteBuffer.allocate(Long.BYTES).putLong(Math.floorDiv(issued, SECONDS_OF_A_DAY)));
        ByteBuffer signed = ByteBuffer.allocate(NONCE_BYTES + EXPIRY_BYTES + id.length)
                .put(nonce)
                .putInt(expiry)
                .put(id);
        return Arrays.copyOf(hmac(keyOfTheDay, signed), MAC_BYTES);
    }

    private static byte[] hmac(byte[] key, ByteBuffer message) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            mac.update(message.flip());
            return mac.doFinal();
        } catch (GeneralSecurityException absent) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, absent);
        }
    }
}
