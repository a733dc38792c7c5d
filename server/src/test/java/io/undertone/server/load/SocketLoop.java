package io.undertone.server.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

/**
 * Thousands of sockets on one thread, at a few microseconds a message: what is measured is the proxy, and not who asks it.
 * Thread-safe; peers and tasks run on the loop's thread.
 */
final class SocketLoop implements AutoCloseable {
    private static final int READ_BYTES = 256 << 10;
    private static final int BACKLOG = 4_096;

    private final Selector selector;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final ByteBuffer received = ByteBuffer.allocateDirect(READ_BYTES);
    private volatile boolean isOpen = true;

    private SocketLoop(Selector selector) {
        this.selector = selector;
    }

    static SocketLoop start(String name) throws IOException {
        SocketLoop loop = new SocketLoop(Selector.open());
        Thread thread = new Thread(loop::run, name);
        thread.setDaemon(true);
        thread.start();
        return loop;
    }

    /** Has a task run soon. */
    void execute(Runnable task) {
        tasks.add(task);
        selector.wakeup();
    }

    /** Listens on a free port of this machine, and returns it. */
    int listen(Function<Connection, Peer> peers) throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open();
        channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
        channel.configureBlocking(false);
        register(channel, SelectionKey.OP_ACCEPT, key -> {
            for (SocketChannel accepted = channel.accept(); accepted != null; accepted = channel.accept()) {
                converse(accepted, peers);
            }
        });
        return ((InetSocketAddress) channel.getLocalAddress()).getPort();
    }

    /** Connects to a port of this machine, and returns when it is connected. */
    void connect(int port, Function<Connection, Peer> peers) throws IOException {
        SocketChannel channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        execute(() -> {
            try {
                converse(channel, peers);
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        });
    }

    @Override
    public void close() {
        isOpen = false;
        selector.wakeup();
    }

    /** What is done when a channel is ready. */
    private interface Ready {
        void on(SelectionKey key) throws IOException;
    }

    private void register(SelectableChannel channel, int operations, Ready ready) {
        execute(() -> {
            try {
                channel.register(selector, operations, ready);
            } catch (ClosedChannelException closed) {
                throw new UncheckedIOException(closed);
            }
        });
    }

    private void converse(SocketChannel channel, Function<Connection, Peer> peers) throws IOException {
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
        Connection connection = new Connection(channel, key);
        Peer peer = peers.apply(connection);
        key.attach((Ready) ready -> {
            try {
                if (ready.isWritable()) {
                    connection.sendRest();
                }
                if (ready.isReadable()) {
                    read(channel, peer);
                }
            } catch (IOException broken) {
                channel.close();
                peer.lost();
            }
        });
    }

    private void read(SocketChannel channel, Peer peer) throws IOException {
        received.clear();
        if (channel.read(received) < 0) {
            channel.close();
            peer.lost();
        } else {
            peer.received(received.flip());
        }
    }

    private void run() {
        try (selector) {
            while (isOpen) {
                selector.select(SocketLoop::handle);
                for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                    task.run();
                }
            }
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static void handle(SelectionKey key) {
        try {
            if (key.isValid()) {
                ((Ready) key.attachment()).on(key);
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
