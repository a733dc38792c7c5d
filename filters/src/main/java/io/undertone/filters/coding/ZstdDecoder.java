package io.undertone.filters.coding;

import com.github.luben.zstd.ZstdBufferDecompressingStreamNoFinalizer;
import com.github.luben.zstd.util.Native;
import io.undertone.filters.payload.Sink;
import java.io.IOException;
import java.lang.ref.Cleaner.Cleanable;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Reads Zstandard (RFC 8878), one frame or several, with zstd-jni, where that is on the class path. */
final class ZstdDecoder implements Decoder {
    /** The largest window that a sender may ask for, 8 MiB: RFC 9659. */
    private static final int WINDOW_LOG = 23;

    private final ByteBuffer piece = ByteBuffer.allocate(8192);
    private @Nullable Frames frames;
    private @Nullable Cleanable memory;

    /**
     * Whether the library runs on this machine.
     *
     * @throws LinkageError if it is not there
     */
    static boolean isAvailable() {
        Native.load();
        return Native.isLoaded();
    }

    @Override
    public void feed(byte[] coded, int offset, int length, Sink decoded) {
        if (length == 0) {
            return;
        }
        ByteBuffer source = ByteBuffer.wrap(coded, offset, length);
        try {
            Frames current = openFrames();
            current.take(source);
            do {
                piece.clear();
                current.read(piece);
                decoded.write(piece.array(), 0, piece.position());
            } while (source.hasRemaining() || !piece.hasRemaining());
        } catch (IOException e) {
            throw Unreadable.coding();
        }
    }

    /** The library takes no more once a frame ended with a piece; what follows is another frame. */
    private Frames openFrames() throws IOException {
        Frames current = frames;
        if (current == null || !current.hasRemaining()) {
            close();
            Frames opened = new Frames();
            memory = NativeMemory.CLEANER.register(this, opened::close);
            opened.setLongMax(WINDOW_LOG);
            frames = opened;
            current = opened;
        }
        return current;
    }

    @Override
    public void end() {
        if (frames != null && frames.hasRemaining()) {
            throw Unreadable.coding();
        }
    }

    @Override
    public void close() {
        if (memory != null) {
            memory.clean();
        }
    }

    /** The library's decoder, fed instead of feeding itself. */
    private static final class Frames extends ZstdBufferDecompressingStreamNoFinalizer {
        Frames() {
            super(ByteBuffer.allocate(0));
        }

        void take(ByteBuffer newSource) {
            source = newSource;
        }
    }
}
