package io.undertone.filters.coding;

import io.undertone.filters.payload.UnreadablePayloadException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A content coding that a web server sends (RFC 9110 section 8.4.1). The identity, no coding at all, is none of them. */
public enum ContentCoding {
    GZIP("gzip", () -> true),
    DEFLATE("deflate", () -> true),
    BROTLI("br", BrotliDecoder::isAvailable),
    ZSTD("zstd", ZstdDecoder::isAvailable);

    static final String IDENTITY = "identity";
    private static final String OLD_GZIP = "x-gzip";

    /** Nobody codes a body more often, and each decoder costs memory. */
    private static final int MOST_CODINGS = 4;

    private final String token;
    private final boolean isReadable;

    ContentCoding(String token, BooleanSupplier isAvailable) {
        this.token = token;
        this.isReadable = isLinked(isAvailable);
    }

    private static boolean isLinked(BooleanSupplier isAvailable) {
        try {
            return isAvailable.getAsBoolean();
        } catch (LinkageError e) {
            // The optional library is not on the class path, or has no native code for this machine.
            return false;
        }
    }

    /** The name as a header has it. */
    public String token() {
        return token;
    }

    /** Whether bodies can be decoded: brotli and Zstandard need a library that the operator may leave out. */
    public boolean isReadable() {
        return isReadable;
    }

    /** Whether an {@link Encoder} makes it. */
    public boolean isWritable() {
        return this == GZIP || this == DEFLATE;
    }

    /** The coding of a name, in any case; {@code x-gzip} is gzip. */
    static Optional<ContentCoding> named(String name) {
        String lower = name.equalsIgnoreCase(OLD_GZIP) ? GZIP.token : name.toLowerCase(Locale.ROOT);
        for (ContentCoding coding : values()) {
            if (lower.equals(coding.token)) {
                return Optional.of(coding);
            }
        }
        return Optional.empty();
    }

    /**
     * The codings of a body, in the order in which they were applied; empty for a body that has none.
     *
     * @param contentEncoding the value of its {@code Content-Encoding}, several fields joined by commas, null if it has none
     * @throws UnreadablePayloadException if one of them cannot be read here
     */
    public static List<ContentCoding> allOf(@Nullable String contentEncoding) {
        if (contentEncoding == null) {
            return List.of();
        }
        List<ContentCoding> codings = new ArrayList<>();
        for (String name : contentEncoding.split(",", -1)) {
            String stripped = name.strip();
            if (!stripped.isEmpty() && !stripped.equalsIgnoreCase(IDENTITY)) {
                codings.add(named(stripped).filter(ContentCoding::isReadable).orElseThrow(Unreadable::coding));
            }
        }
        if (codings.size() > MOST_CODINGS) {
            throw Unreadable.coding();
        }
        return List.copyOf(codings);
    }

    /** A decoder for a body with these codings, in the order in which they were applied; readable ones only. */
    public static Decoder decoderOf(List<ContentCoding> codings) {
        List<Decoder> stages = new ArrayList<>();
        codings.forEach(coding -> stages.add(coding.decoder()));
        Collections.reverse(stages);
        return new DecoderChain(stages);
    }

    private Decoder decoder() {
        return switch (this) {
            case GZIP -> new GzipDecoder();
            case DEFLATE -> new DeflateDecoder();
            case BROTLI -> new BrotliDecoder();
            case ZSTD -> new ZstdDecoder();
        };
    }
}
