package io.undertone.webapp.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An upstream made of plain sockets, which does what no decent server would. */
final class RawUpstream implements AutoCloseable {
    /** What is done with one connection, which is closed behind it. */
    @FunctionalInterface
    interface Manners {
        void with(Socket socket) throws IOException, InterruptedException;
    }

    private static final int BACKLOG = 1024;

    private final ServerSocket server;
    private final List<Socket> accepted = new CopyOnWriteArrayList<>();

    private RawUpstream(ServerSocket server) {
        this.server = server;
    }

    static RawUpstream start(Manners manners) throws IOException {
        return start(0, manners);
    }

    static RawUpstream start(int port, Manners manners) throws IOException {
        RawUpstream upstream = new RawUpstream(new ServerSocket(port, BACKLOG));
        daemon(() -> upstream.accept(manners));
        return upstream;
    }

    /** Reads the head of a request, sends this and closes. */
    static RawUpstream answering(String bytes) throws IOException {
        return start(socket -> {
            readHead(socket);
            socket.getOutputStream().write(bytes.getBytes(ISO_8859_1));
        });
    }

    /** Reads the head of each request, and has it answered. */
    static RawUpstream replying(RawReply.Manners manners) throws IOException {
        return start(socket -> {
            readHead(socket);
            manners.with(new Reply(socket));
        });
    }

    private void accept(Manners manners) {
        try {
            while (true) {
                Socket socket = server.accept();
                accepted.add(socket);
                daemon(() -> serve(socket, manners));
            }
        } catch (IOException stopped) {
            // The test is over.
        }
    }

    private static void serve(Socket socket, Manners manners) {
        try (socket) {
            manners.with(socket);
        } catch (IOException peerHasGone) {
            // As some tests want it.
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    static void daemon(Runnable task) {
        Thread thread = new Thread(task, "raw-upstream");
        thread.setDaemon(true);
        thread.start();
    }

    /** Reads up to the empty line, and not a byte more. */
    static String readHead(Socket socket) throws IOException {
        InputStream input = socket.getInputStream();
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = input.read();
            if (next < 0) {
                throw new IOException("the peer closed");
            }
            head.append((char) next);
        }
        return head.toString();
    }

    URI url() {
        return URI.create("http://localhost:" + server.getLocalPort());
    }

    /** How many connections there were. */
    int connections() {
        return accepted.size();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : accepted) {
            socket.close();
        }
    }

    private static final class Reply implements RawReply {
        private final Socket socket;
        private boolean isChunked;

        Reply(Socket socket) {
            this.socket = socket;
        }

        @Override
        public void begin(int length) throws IOException {
            isChunked = length == UNSAID;
            send("HTTP/1.1 200 OK\r\n"
                    + (isChunked ? "Transfer-Encoding: chunked" : "Content-Length: " + length)
                    + "\r\n\r\n");
        }

        @Override
        public void write(String text) throws IOException {
            send(isChunked ? Integer.toHexString(text.length()) + "\r\n" + text + "\r\n" : text);
        }

        @Override
        public void end() throws IOException {
            if (isChunked) {
                send("0\r\n\r\n");
            }
            socket.shutdownOutput();
        }

        @Override
        public void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }

        @Override
        public void hangUp() throws IOException {
            socket.close();
        }

        private void send(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(ISO_8859_1));
        }
    }
}
