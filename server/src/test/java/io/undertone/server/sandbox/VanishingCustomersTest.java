package io.undertone.server.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Customers whose train goes into a tunnel: their connects are held, and their sockets are reset. */
class VanishingCustomersTest {
    private static final int CUSTOMERS = 300;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    private Path directory;

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void aSecondWaveOfVanishedCustomersLeavesNoMoreBehindThanTheFirst() throws Exception {
        try (PlainBayeuxServer server = new PlainBayeuxServer(Duration.ofSeconds(5), Duration.ofSeconds(1));
                Deployment.Running undertone = Deployment.JAR.start(server.address(), "bayeux", directory)) {
            wave(server, undertone.customers());
            long files = openFiles();
            int threads = Thread.activeCount();

            wave(server, undertone.customers());

            await().atMost(PATIENCE).untilAsserted(() -> {
                assertThat(openFiles()).isLessThanOrEqualTo(files);
                assertThat(Thread.activeCount()).isLessThan(threads + CUSTOMERS / 4);
            });
        }
    }

    private static void wave(PlainBayeuxServer server, URI undertone) throws IOException {
        List<HeldConnect> held = new ArrayList<>();
        for (int customer = 0; customer < CUSTOMERS; customer++) {
            held.add(HeldConnect.open(undertone));
        }
        assertThat(server.bayeux().getSessions()).hasSize(CUSTOMERS);
        for (HeldConnect connect : held) {
            connect.reset();
        }
        await().atMost(PATIENCE).until(() -> server.bayeux().getSessions().isEmpty());
    }

    private static long openFiles() {
        return ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getOpenFileDescriptorCount();
    }

    /** A customer's socket with a connect on its way. */
    private record HeldConnect(Socket socket) {
        private static final Pattern CLIENT = Pattern.compile("\"clientId\":\"(.+?)\"");
        private static final Pattern COOKIE = Pattern.compile("BAYEUX_BROWSER=[^;\\s]+");

        static HeldConnect open(URI undertone) throws IOException {
            Socket socket = new Socket(undertone.getHost(), undertone.getPort());
            socket.setSoTimeout((int) PATIENCE.toMillis());
            String handshake = "\"version\":\"1.0\",\"supportedConnectionTypes\":[\"long-polling\"]";
            send(socket, "shop=1", "{\"channel\":\"/meta/handshake\"," + handshake + "}");
            String welcome = receive(socket);
            String cookie = found(COOKIE, welcome, 0);
            String connect = "{\"channel\":\"/meta/connect\",\"connectionType\":\"long-polling\",\"clientId\":\""
                    + found(CLIENT, welcome, 1) + "\"}";
            // The first connect is answered at once, the second is held.
            send(socket, cookie, connect);
            receive(socket);
            send(socket, cookie, connect);
            return new HeldConnect(socket);
        }

        void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }

        private static void send(Socket socket, String cookie, String message) throws IOException {
            String request = "POST /genesys/cometd HTTP/1.1\r\nHost: shop\r\nContent-Type: application/json\r\nCookie: "
                    + cookie + "\r\nContent-Length: " + (message.length() + 2) + "\r\n\r\n[" + message + "]";
            socket.getOutputStream().write(request.getBytes(UTF_8));
        }

        /** Reads on until the array of the reply has ended. */
        private static String receive(Socket socket) throws IOException {
            StringBuilder reply = new StringBuilder();
            byte[] buffer = new byte[4096];
            while (reply.indexOf("}]") < 0) {
                int length = socket.getInputStream().read(buffer);
                assertThat(length).isPositive();
                reply.append(new String(buffer, 0, length, UTF_8));
            }
            return reply.toString();
        }

        private static String found(Pattern pattern, String reply, int group) {
            Matcher matcher = pattern.matcher(reply);
            assertThat(matcher.find()).as(reply).isTrue();
            return matcher.group(group);
        }
    }
}
