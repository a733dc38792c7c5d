package io.undertone.filters.coding;

import io.undertone.filters.payload.Sink;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Codes one body, piece by piece, with gzip (RFC 1952) or deflate in zlib's wrapping (RFC 1950). For one thread at a time. */
public final class Encoder implements AutoCloseable {
    /** No name, no time, an unknown system. */
    private static final byte[] GZIP_HEADER = {0x1f, (byte) 0x8b, Deflater.DEFLATED, 0, 0, 0, 0, 0, 0, (byte) 0xff};

    private final boolean isGzip;
    private final Deflater deflater;
    private final CRC32 crc = new CRC32();
    private final byte[] piece = new byte[8192];
    private boolean isBegun;
    private boolean isUnflushed;

    /** @param coding a writable one */
    public Encoder(ContentCoding coding) {
        if (!coding.isWritable()) {
            throw new IllegalArgumentException(coding.token() + " cannot be written, only read");
        }
        isGzip = coding == ContentCoding.GZIP;
        // The level of most web servers: the next ones gain a tenth of the size for twice the time.
        deflater = new Deflater(Deflater.BEST_SPEED, isGzip);
    }

    /** Takes more of the body; what is coded of it may wait for more. */
    public void feed(byte[] bytes, int offset, int length, Sink coded) {
        if (length == 0) {
            return;
        }
        begin(coded);
        isUnflushed = true;
        crc.update(bytes, offset, length);
        deflater.setInput(bytes, offset, length);
        deflate(Deflater.NO_FLUSH, coded);
    }

    private void begin(Sink coded) {
        if (isGzip && !isBegun) {
            coded.write(GZIP_HEADER, 0, GZIP_HEADER.length);
        }
        isBegun = true;
    }

    /** Sends whatever waits, so that a client can decode all that was fed. */
    public void flush(Sink coded) {
        if (isUnflushed) {
            isUnflushed = false;
            deflate(Deflater.SYNC_FLUSH, coded);
        }
    }

    /** No more comes: ends the coded body. One of no bytes is coded as one of no bytes. */
    public void end(Sink coded) {
        if (!isBegun) {
            return;
        }
        deflater.finish();
        deflate(Deflater.NO_FLUSH, coded);
        if (isGzip) {
            byte[] trailer = ByteBuffer.allocate(8)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt((int) crc.getValue())
                    .putInt((int) deflater.getBytesRead())
                    .array();
            coded.write(trailer, 0, trailer.length);
        }
    }

    private void deflate(int mode, Sink coded) {
        int count;
        do {
            count = deflater.deflate(piece, 0, piece.length, mode);
            coded.write(piece, 0, count);
        } while (count == piece.length);
    }

    /** Frees what the encoder holds; does no harm the second time. */
    @Override
    public void close() {
        deflater.end();
    }
}
