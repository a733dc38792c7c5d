package io.undertone.server.load;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** A socket of a {@link SocketLoop}, for its thread alone. */
final class Connection {
    private final SocketChannel channel;
    private final SelectionKey key;
    private @Nullable ByteBuffer unsent;

    Connection(SocketChannel channel, SelectionKey key) {
        this.channel = channel;
        this.key = key;
    }

    /** Sends bytes, at once or as the other side takes them; not before those sent earlier are gone. */
    void send(ByteBuffer bytes) throws IOException {
        if (unsent != null) {
            throw new IllegalStateException("the last bytes are not sent yet");
        }
        channel.write(bytes);
        if (bytes.hasRemaining()) {
            unsent = bytes;
            key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
        }
    }

    void sendRest() throws IOException {
        if (unsent != null) {
            channel.write(unsent);
            if (!unsent.hasRemaining()) {
                unsent = null;
                key.interestOps(SelectionKey.OP_READ);
            }
        }
    }

    void close() throws IOException {
        channel.close();
    }

    /** Is gone without a word, as a process that was killed. */
    void reset() throws IOException {
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        channel.close();
    }
}
