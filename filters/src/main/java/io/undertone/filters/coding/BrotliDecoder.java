package io.undertone.filters.coding;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.decoder.DecoderJNI;
import io.undertone.filters.payload.Sink;
import java.io.IOException;
import java.lang.ref.Cleaner.Cleanable;
import java.nio.ByteBuffer;

/** Reads brotli (RFC 7932) with brotli4j, where that is on the class path. */
final class BrotliDecoder implements Decoder {
    private static final int INPUT_SIZE = 4096;

    private final DecoderJNI.Wrapper brotli;
    private final Cleanable memory;
    private final byte[] piece = new byte[8192];
    private boolean anyFed;

    BrotliDecoder() {
        try {
            brotli = new DecoderJNI.Wrapper(INPUT_SIZE, piece.length);
        } catch (IOException e) {
            // Says that there is no memory left.
            throw Unreadable.coding();
        }
        memory = NativeMemory.CLEANER.register(this, brotli::destroy);
    }

    /**
     * Whether the library is there and runs on this machine.
     *
     * @throws LinkageError if it is not there
     */
    static boolean isAvailable() {
        return Brotli4jLoader.isAvailable();
    }

    @Override
    public void feed(byte[] coded, int offset, int length, Sink decoded) {
        int count;
        for (int done = 0; done < length; done += count) {
            count = Math.min(length - done, INPUT_SIZE);
            push(coded, offset + done, count, decoded);
        }
    }

    private void push(byte[] coded, int offset, int length, Sink decoded) {
        if (brotli.getStatus() == DecoderJNI.Status.DONE) {
            throw Unreadable.coding();
        }
        anyFed = true;
        brotli.getInputBuffer().clear().put(coded, offset, length);
        brotli.push(length);
        while (true) {
            // The library's own status for bytes that follow the stream is ERROR, too, but perhaps with output to come.
            if (brotli.hasOutput()) {
                pull(decoded);
            } else if (brotli.getStatus() == DecoderJNI.Status.OK) {
                brotli.push(0);
            } else if (brotli.getStatus() == DecoderJNI.Status.ERROR) {
                throw Unreadable.coding();
            } else {
                return;
            }
        }
    }

    private void pull(Sink decoded) {
        ByteBuffer output = brotli.pull();
        int count = output.remaining();
        output.get(piece, 0, count);
        decoded.write(piece, 0, count);
    }

    @Override
    public void end() {
        if (anyFed && brotli.getStatus() != DecoderJNI.Status.DONE) {
            throw Unreadable.coding();
        }
    }

    @Override
    public void close() {
        memory.clean();
    }
}
