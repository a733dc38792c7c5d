package io.undertone.filters.coding;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.encoder.BrotliOutputStream;
import com.github.luben.zstd.ZstdOutputStream;
import io.undertone.filters.payload.Sink;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

/** Bodies as others code them, and what is decoded of them. */
public final class Coded {
    private Coded() {}

    /** Codes a body with an encoder that others wrote, flushed in the middle as an event stream is. */
    public static byte[] by(ContentCoding coding, byte[] body) {
        Brotli4jLoader.ensureAvailability();
        ByteArrayOutputStream coded = new ByteArrayOutputStream();
        try (OutputStream encoder = encoder(coding, coded)) {
            encoder.write(body, 0, body.length / 2);
            encoder.flush();
            encoder.write(body, body.length / 2, body.length - body.length / 2);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return coded.toByteArray();
    }

    private static OutputStream encoder(ContentCoding coding, OutputStream coded) throws IOException {
        return switch (coding) {
            case GZIP -> new GZIPOutputStream(coded, 512, true);
            case DEFLATE -> new DeflaterOutputStream(coded, true);
            case BROTLI -> new BrotliOutputStream(coded);
            case ZSTD -> new ZstdOutputStream(coded);
        };
    }

    /** The bare stream that some servers call deflate. */
    static byte[] byBareDeflate(byte[] body) {
        ByteArrayOutputStream coded = new ByteArrayOutputStream();
        try (OutputStream encoder = new DeflaterOutputStream(coded, new Deflater(9, true))) {
            encoder.write(body);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return coded.toByteArray();
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            whole.writeBytes(part);
        }
        return whole.toByteArray();
    }

    /** What a decoder makes of coded bytes that arrive in pieces of a size; the arrays are overwritten behind it. */
    static byte[] decode(List<ContentCoding> codings, byte[] coded, int pieceSize) {
        ByteArrayOutputStream decoded = new ByteArrayOutputStream();
        decode(codings, coded, pieceSize, decoded::write);
        return decoded.toByteArray();
    }

    static void decode(List<ContentCoding> codings, byte[] coded, int pieceSize, Sink decoded) {
        try (Decoder decoder = ContentCoding.decoderOf(codings)) {
            byte[] piece = new byte[pieceSize + 2];
            for (int done = 0; done < coded.length; done += pieceSize) {
                int length = Math.min(pieceSize, coded.length - done);
                System.arraycopy(coded, done, piece, 1, length);
                decoder.feed(piece, 1, length, decoded);
            }
            decoder.end();
        }
    }
}
