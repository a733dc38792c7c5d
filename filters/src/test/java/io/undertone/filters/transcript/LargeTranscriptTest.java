package io.undertone.filters.transcript;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.filters.keyword.Audience;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LargeTranscriptTest {
    private static final int ROUNDS = 160_000;
    /** The buffers of tape, parser and encoder together, and some. */
    private static final long ON_THE_WAY = 100_000;

    private static final byte[] START = bytes("<chatTranscript>" + Scrubbing.newParty("a", "Ann", "AGENT"));
    private static final byte[] KEPT = bytes("\n<message userId='a' visibility='ALL'><msgText>"
            + "Grüße, 你好 &amp; 😀 ".repeat(50) + "</msgText></message>");
    private static final byte[] HIDDEN = bytes("\n" + Scrubbing.message("e", "#undertone# 7f3c"));
    private static final byte[] END = bytes("\n</chatTranscript>");

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Forgets what it is given, but for its length. */
    private static final class Count extends OutputStream {
        private long bytes;

        @Override
        public void write(int b) {
            bytes++;
        }

        @Override
        public void write(byte[] from, int offset, int length) {
            bytes += length;
        }
    }

    /** A transcript that is made up while it is read. */
    private static final class Endless extends InputStream {
        private final Count out;
        private byte[] piece = START;
        private int at;
        private int pieces;
        private long keptBytes;
        private long mostOnTheWay;

        Endless(Count out) {
            this.out = out;
        }

        @Override
        public int read() {
            throw new UnsupportedOperationException("one byte at a time would take all day");
        }

        @Override
        public int read(byte[] to, int offset, int length) {
            if (at == piece.length) {
                if (piece == END) {
                    return -1;
                }
                keptBytes += piece == HIDDEN ? 0 : piece.length;
                mostOnTheWay = Math.max(mostOnTheWay, keptBytes - out.bytes);
                piece = pieces == 2 * ROUNDS ? END : pieces % 2 == 0 ? KEPT : HIDDEN;
                pieces++;
                at = 0;
            }
            int count = Math.min(length, piece.length - at);
            System.arraycopy(piece, at, to, offset, count);
            at += count;
            return count;
        }
    }

    @Test
    void twoHundredMegabytesPassWithoutWaitingForOneAnother() throws IOException {
        assertThat((long) ROUNDS * (KEPT.length + HIDDEN.length)).isGreaterThan(200_000_000L);
        Count out = new Count();
        Endless transcript = new Endless(out);

        ScrubSummary summary =
                Scrubbing.scrubber(Scrubbing.KEYWORDS, Audience.CUSTOMER).scrub(transcript, out);

        assertThat(out.bytes).isEqualTo(START.length + (long) ROUNDS * KEPT.length + END.length);
        assertThat(transcript.mostOnTheWay).isLessThan(ON_THE_WAY);
        assertThat(summary.events()).isEqualTo(2L * ROUNDS + 1);
        assertThat(summary.hiddenBy()).isEqualTo(Map.of("#undertone#", (long) ROUNDS));
    }
}
