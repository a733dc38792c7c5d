package io.undertone.filters.coding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EncoderTest {
    private static InputStream client(ContentCoding coding, byte[] coded) throws IOException {
        ByteArrayInputStream in = new ByteArrayInputStream(coded);
        return coding == ContentCoding.GZIP ? new GZIPInputStream(in) : new InflaterInputStream(in);
    }

    @Property(tries = 200)
    void whatWasFedCanBeReadAfterEachFlush(
            @ForAll boolean isGzip,
            @ForAll @Size(max = 20) List<byte @Size(max = 300) []> pieces,
            @ForAll @Size(min = 20, max = 20) List<Boolean> flushes)
            throws IOException {
        ContentCoding coding = isGzip ? ContentCoding.GZIP : ContentCoding.DEFLATE;
        ByteArrayOutputStream coded = new ByteArrayOutputStream();
        ByteArrayOutputStream fed = new ByteArrayOutputStream();
        ByteArrayOutputStream decoded = new ByteArrayOutputStream();
        try (Encoder encoder = new Encoder(coding);
                Decoder decoder = ContentCoding.decoderOf(List.of(coding))) {
            for (int i = 0; i < pieces.size(); i++) {
                byte[] piece = pieces.get(i);
                encoder.feed(piece, 0, piece.length, coded::write);
                fed.writeBytes(piece);
                if (flushes.get(i)) {
                    encoder.flush(coded::write);
                    decoder.feed(coded.toByteArray(), 0, coded.size(), decoded::write);
                    coded.reset();
                    assertThat(decoded.toByteArray()).isEqualTo(fed.toByteArray());
                }
            }
            encoder.end(coded::write);
            decoder.feed(coded.toByteArray(), 0, coded.size(), decoded::write);
            decoder.end();
        }
        assertThat(decoded.toByteArray()).isEqualTo(fed.toByteArray());
    }

    @ParameterizedTest
    @EnumSource(names = {"GZIP", "DEFLATE"})
    void anyClientReadsIt(ContentCoding coding) throws IOException {
        byte[] body = "{\"text\":\"hello\"} ".repeat(10_000).getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream coded = new ByteArrayOutputStream();
        try (Encoder encoder = new Encoder(coding)) {
            encoder.feed(body, 0, 5000, coded::write);
            encoder.flush(coded::write);
            encoder.flush(coded::write);
            encoder.feed(body, 5000, body.length - 5000, coded::write);
            encoder.end(coded::write);
        }
        assertThat(client(coding, coded.toByteArray()).readAllBytes()).isEqualTo(body);
        assertThat(coded.size()).isLessThan(body.length / 50);
    }

    @ParameterizedTest
    @EnumSource(names = {"GZIP", "DEFLATE"})
    void aFlushOfNothingSendsNothing(ContentCoding coding) {
        ByteArrayOutputStream coded = new ByteArrayOutputStream();
        try (Encoder encoder = new Encoder(coding)) {
            encoder.feed(new byte[0], 0, 0, coded::write);
            encoder.flush(coded::write);
            encoder.end(coded::write);
        }
        assertThat(coded.size()).isZero();
    }

    @Test
    void aCodingThatIsOnlyReadIsNotWritten() {
        assertThatThrownBy(() -> new Encoder(ContentCoding.BROTLI)).hasMessage("br cannot be written, only read");
    }
}
