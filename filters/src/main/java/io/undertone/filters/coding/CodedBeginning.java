package io.undertone.filters.coding;

import io.undertone.filters.payload.UnreadablePayloadException;
import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/** What a coded body begins with. */
public final class CodedBeginning {
    /** So few decode to little, whoever made them. */
    private static final int MOST_CODED = 512;

    /** With which anything can go on. */
    private static final byte[] BLANK = {' '};

    private CodedBeginning() {}

    /**
     * Decodes the first bytes of a body.
     *
     * @param contentEncoding the value of its {@code Content-Encoding}, null if it has none
     * @return as far as these bytes tell, a blank if they tell nothing yet; none if they cannot be read
     */
    public static byte[] of(@Nullable String contentEncoding, byte[] coded, int offset, int length) {
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        boolean isSound = true;
        try (Decoder decoder = ContentCoding.decoderOf(ContentCoding.allOf(contentEncoding))) {
            decoder.feed(coded, offset, Math.min(length, MOST_CODED), plain::write);
        } catch (UnreadablePayloadException unreadable) {
            isSound = false;
        }
        return isSound && plain.size() == 0 && length > 0 ? BLANK : plain.toByteArray();
    }
}
