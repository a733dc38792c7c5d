package io.undertone.filters.coding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdOutputStream;
import io.undertone.filters.payload.UnreadablePayloadException;
import io.undertone.filters.payload.UnreadableReason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DecoderTest {
    private static final byte[] SHORT =
            "{\"messages\":[{\"text\":\"gr\u00fc\u00df dich\"}]}".getBytes(StandardCharsets.UTF_8);

    /** Longer than every buffer on the way, and partly not compressible. */
    private static final byte[] LONG = transcript(4000);

    private static byte[] transcript(int messages) {
        Random random = new Random(7);
        StringBuilder text = new StringBuilder("{\"messages\":[");
        for (int i = 0; i < messages; i++) {
            text.append(i == 0 ? "" : ",").append("{\"index\":").append(i).append(",\"text\":\"hello, hello ");
            text.append(Long.toHexString(random.nextLong())).append("\"}");
        }
        return text.append("]}").toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void assertUnreadable(ThrowingCallable decoding, UnreadableReason reason) {
        assertThatThrownBy(decoding)
                .isInstanceOfSatisfying(UnreadablePayloadException.class, e -> assertThat(e.reason())
                        .isEqualTo(reason));
    }

    private static void assertUnreadable(ThrowingCallable decoding) {
        assertUnreadable(decoding, UnreadableReason.UNREADABLE_CODING);
    }

    @ParameterizedTest
    @EnumSource
    void anySplitGivesTheSameBytes(ContentCoding coding) {
        List<ContentCoding> codings = List.of(coding);
        byte[] coded = Coded.by(coding, LONG);
        for (int size : new int[] {1, 2, 3, 7, 1000, 4096, 4097, 65_536, coded.length}) {
            assertThat(Coded.decode(codings, coded, size))
                    .as("pieces of %d", size)
                    .isEqualTo(LONG);
        }
        byte[] shortCoded = Coded.by(coding, SHORT);
        for (int cut = 0; cut <= shortCoded.length; cut++) {
            ByteArrayOutputStream decoded = new ByteArrayOutputStream();
            try (Decoder decoder = ContentCoding.decoderOf(codings)) {
                decoder.feed(shortCoded, 0, cut, decoded::write);
                decoder.feed(shortCoded, cut, shortCoded.length - cut, decoded::write);
                decoder.end();
            }
            assertThat(decoded.toByteArray()).as("cut at %d", cut).isEqualTo(SHORT);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatWasFlushedIsDecodedAtOnce(ContentCoding coding) {
        byte[] coded = Coded.by(coding, SHORT);
        ByteArrayOutputStream decoded = new ByteArrayOutputStream();
        try (Decoder decoder = ContentCoding.decoderOf(List.of(coding))) {
            int at = 0;
            while (decoded.size() < SHORT.length / 2) {
                decoder.feed(coded, at++, 1, decoded::write);
            }
            assertThat(at).isLessThan(coded.length);
        }
        assertThat(decoded.toByteArray()).isEqualTo(Arrays.copyOf(SHORT, SHORT.length / 2));
    }

    @ParameterizedTest
    @EnumSource
    void aBodyThatIsCutIsNoBody(ContentCoding coding) {
        byte[] coded = Coded.by(coding, SHORT);
        for (int length = 1; length < coded.length; length++) {
            byte[] cut = Arrays.copyOf(coded, length);
            assertUnreadable(() -> Coded.decode(List.of(coding), cut, 1000));
        }
    }

    @ParameterizedTest
    @EnumSource
    void nothingMayFollow(ContentCoding coding) {
        byte[] coded = Coded.join(Coded.by(coding, SHORT), new byte[] {'{'});
        assertUnreadable(() -> Coded.decode(List.of(coding), coded, 1000));
        assertUnreadable(() -> Coded.decode(List.of(coding), coded, coded.length - 1));
    }

    @ParameterizedTest
    @EnumSource
    void bytesThatAreNotCodedAreUnreadable(ContentCoding coding) {
        assertUnreadable(() -> Coded.decode(List.of(coding), SHORT, 1000));
        assertUnreadable(() -> Coded.decode(List.of(coding), SHORT, 1));
    }

    @ParameterizedTest
    @EnumSource(names = {"GZIP", "DEFLATE"})
    void noBitMayBeAnother(ContentCoding coding) {
        byte[] coded = Coded.by(coding, SHORT);
        // Nine bytes of a gzip header say nothing of the content: flags that add parts, the time, the level, the
        // system.
        int from = coding == ContentCoding.GZIP ? 10 : 0;
        for (int bit = 8 * from; bit < 8 * coded.length; bit++) {
            byte[] damaged = coded.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            ByteArrayOutputStream decoded = new ByteArrayOutputStream();
            try {
                Coded.decode(List.of(coding), damaged, 1000, decoded::write);
                // Bits that only fill up a stored block's first byte may differ.
                assertThat(decoded.toByteArray()).as("bit %d", bit).isEqualTo(SHORT);
            } catch (UnreadablePayloadException e) {
                assertThat(e.reason()).isEqualTo(UnreadableReason.UNREADABLE_CODING);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aBodyOfNoBytesIsSound(ContentCoding coding) {
        assertThat(Coded.decode(List.of(coding), new byte[0], 1)).isEmpty();
        assertThat(Coded.decode(List.of(coding), Coded.by(coding, new byte[0]), 1))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"GZIP", "ZSTD"})
    void onePartMayFollowAnother(ContentCoding coding) {
        byte[] coded = Coded.join(Coded.by(coding, SHORT), Coded.by(coding, LONG), Coded.by(coding, SHORT));
        for (int size : new int[] {1, Coded.by(coding, SHORT).length, coded.length}) {
            assertThat(Coded.decode(List.of(coding), coded, size)).isEqualTo(Coded.join(SHORT, LONG, SHORT));
        }
    }

    @Test
    void deflateMayBeBare() {
        byte[] coded = Coded.byBareDeflate(LONG);
        for (int size : new int[] {1, 1000, coded.length}) {
            assertThat(Coded.decode(List.of(ContentCoding.DEFLATE), coded, size))
                    .isEqualTo(LONG);
        }
    }

    @Test
    void severalCodingsAreTakenOffInTurn() {
        List<ContentCoding> codings = ContentCoding.allOf("gzip,, BR , identity,x-GZIP");
        assertThat(codings).containsExactly(ContentCoding.GZIP, ContentCoding.BROTLI, ContentCoding.GZIP);
        byte[] coded = LONG;
        for (ContentCoding coding : codings) {
            coded = Coded.by(coding, coded);
        }
        assertThat(Coded.decode(codings, coded, 100)).isEqualTo(LONG);
        assertThat(Coded.decode(ContentCoding.allOf(null), LONG, 100)).isEqualTo(LONG);
        assertUnreadable(() -> ContentCoding.allOf("gzip, compress"));
        assertUnreadable(() -> ContentCoding.allOf("gzip gzip"));
        assertUnreadable(() -> ContentCoding.allOf("gzip,gzip,gzip,gzip,gzip"));
    }

    @ParameterizedTest
    @EnumSource
    void aFewBytesDoNotMakeGigabytes(ContentCoding coding) {
        byte[] blanks = Coded.by(coding, " ".repeat(200 << 20).getBytes(StandardCharsets.UTF_8));
        AtomicLong decoded = new AtomicLong();
        assertUnreadable(
                () -> Coded.decode(List.of(coding), blanks, 1000, (bytes, offset, length) -> decoded.addAndGet(length)),
                UnreadableReason.DECODES_TOO_LARGE);
        assertThat(decoded.get()).isBetween(Expansion.FREE - 100_000, Expansion.FREE + Expansion.RATIO * blanks.length);
    }

    @Test
    void aBombInABombIsMeasuredFromTheOutside() {
        byte[] blanks = " ".repeat(100 << 20).getBytes(StandardCharsets.UTF_8);
        byte[] coded = Coded.by(ContentCoding.GZIP, Coded.by(ContentCoding.GZIP, blanks));
        assertUnreadable(
                () -> Coded.decode(
                        List.of(ContentCoding.GZIP, ContentCoding.GZIP), coded, 1000, (bytes, offset, length) -> {}),
                UnreadableReason.DECODES_TOO_LARGE);
    }

    @Test
    void oneMessageOverAndOverIsNoBomb() {
        String message = "{\"from\":{\"type\":\"Agent\"},\"text\":\"hi\"},";
        byte[] transcript = message.repeat((200 << 20) / message.length()).getBytes(StandardCharsets.UTF_8);
        AtomicLong decoded = new AtomicLong();
        Coded.decode(
                List.of(ContentCoding.GZIP),
                Coded.by(ContentCoding.GZIP, transcript),
                1000,
                (bytes, offset, length) -> decoded.addAndGet(length));
        assertThat(decoded.get()).isEqualTo(transcript.length);
    }

    @Test
    void zstandardMayAskForNoWindowBeyondTheStandards() {
        byte[] large = new byte[9 << 20];
        new Random(1).nextBytes(large);
        List<UnreadableReason> reasons = new ArrayList<>();
        for (int windowLog : new int[] {23, 24}) {
            ByteArrayOutputStream coded = new ByteArrayOutputStream();
            try (ZstdOutputStream encoder = new ZstdOutputStream(coded)) {
                encoder.setLong(windowLog);
                encoder.write(large);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
            try {
                assertThat(Coded.decode(List.of(ContentCoding.ZSTD), coded.toByteArray(), 100_000))
                        .isEqualTo(large);
            } catch (UnreadablePayloadException e) {
                reasons.add(e.reason());
            }
        }
        assertThat(reasons).containsExactly(UnreadableReason.UNREADABLE_CODING);
    }
}
