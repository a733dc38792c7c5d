package io.undertone.server.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A proxy in a process of its own, and what it uses (proc(5)). Linux alone. */
final class ProxyProcess implements AutoCloseable {
    /** Two sockets for each of 9,000 customers, and little more. */
    private static final int MOST_FILES = 20_000;

    private static final Duration START = Duration.ofMinutes(1);
    private static final Duration REST = Duration.ofMinutes(2);
    private static final Duration LOOK = Duration.ofMillis(300);
    /** Of a core: a clock that ticks is less, a compiler that has work more. */
    private static final int IDLE_SHARE = 10;

    private static final long STOP_SECONDS = 5;

    /**
     * What a process holds.
     *
     * @param residentBytes of memory, after a full collection
     */
    record Footprint(LiveHeap heap, long sockets, long threads, long residentBytes) {}

    private final Process process;
    private final boolean isJvm;

    private ProxyProcess(Process process, boolean isJvm) {
        this.process = process;
        this.isJvm = isJvm;
    }

    /**
     * Starts it, and returns when it listens.
     *
     * @param command what starts it, on the core of the proxies
     * @param port where it will listen
     * @param log where its words go
     */
    static ProxyProcess start(List<String> command, boolean isJvm, Map<String, String> environment, int port, Path log)
            throws IOException {
        List<String> limited =
                new ArrayList<>(List.of("/bin/sh", "-c", "ulimit -n " + MOST_FILES + " && exec \"$@\"", "sh"));
        limited.addAll(Cores.pinned(command));
        ProcessBuilder builder =
                new ProcessBuilder(limited).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        ProxyProcess proxy = new ProxyProcess(builder.start(), isJvm);
        Awaitility.await()
                .alias("the proxy listens on " + port + "; its words are in " + log)
                .atMost(START)
                .until(() -> isListening(port));
        return proxy;
    }

    private static boolean isListening(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    /** The processor time that it has used so far, its workers' with it. */
    Duration cpu() {
        return family().map(member -> member.info().totalCpuDuration().orElse(Duration.ZERO))
                .reduce(Duration.ZERO, Duration::plus);
    }

    /** Waits until it uses next to no processor time. */
    void rest() {
        AtomicReference<Duration> before = new AtomicReference<>(cpu());
        Awaitility.await()
                .alias("the proxy has nothing left to do")
                .atMost(REST)
                .pollDelay(LOOK)
                .pollInterval(LOOK)
                .until(() -> {
                    Duration now = cpu();
                    return now.minus(before.getAndSet(now)).compareTo(LOOK.dividedBy(IDLE_SHARE)) < 0;
                });
    }

    /** What it holds at this moment. */
    Footprint footprint() throws IOException {
        LiveHeap heap = isJvm ? LiveHeap.of(process.pid()) : LiveHeap.NONE;
        return new Footprint(heap, sockets(), status("Threads:"), status("VmRSS:") * 1_024);
    }

    /** How many sockets it has open. */
    long sockets() throws IOException {
        long open = 0;
        for (ProcessHandle member : family().toList()) {
            try (Stream<Path> files = Files.list(proc(member, "fd"))) {
                open += files.filter(ProxyProcess::isSocket).count();
            }
        }
        return open;
    }

    private static boolean isSocket(Path file) {
        try {
            return Files.readSymbolicLink(file).toString().startsWith("socket:");
        } catch (IOException closedMeanwhile) {
            return false;
        }
    }

    private long status(String field) throws IOException {
        long sum = 0;
        for (ProcessHandle member : family().toList()) {
            for (String line : Files.readAllLines(proc(member, "status"))) {
                if (line.startsWith(field)) {
                    sum += Long.parseLong(
                            line.substring(field.length()).replace("kB", "").strip());
                }
            }
        }
        return sum;
    }

    private static Path proc(ProcessHandle member, String file) {
        return Path.of("/proc", Long.toString(member.pid()), file);
    }

    private Stream<ProcessHandle> family() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants());
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
