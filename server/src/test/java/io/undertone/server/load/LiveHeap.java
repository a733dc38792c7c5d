package io.undertone.server.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * What a full collection leaves on the heap of another JVM, by its class histogram.
 *
 * @param bytes of all live objects
 * @param exchanges how many requests wait for an upstream
 */
record LiveHeap(long bytes, long exchanges) {
    /** Of a process that is no JVM. */
    static final LiveHeap NONE = new LiveHeap(0, 0);

    private static final String EXCHANGE = "org.eclipse.jetty.client.transport.HttpExchange";
    private static final String JCMD =
            Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();

    /** Asks a process of the same user. */
    static LiveHeap of(long pid) throws IOException {
        Process jcmd = new ProcessBuilder(JCMD, Long.toString(pid), "GC.class_histogram")
                .redirectErrorStream(true)
                .start();
        List<String[]> rows;
        try (var out = jcmd.inputReader(UTF_8)) {
            // "   1:  10  320  java.lang.String (java.base@17)", and at the end "Total  10  320"
            rows = out.lines().map(line -> line.strip().split("\\s+")).toList();
        }
        long bytes = 0;
        long exchanges = 0;
        for (String[] row : rows) {
            if (row[0].equals("Total")) {
                bytes = Long.parseLong(row[2]);
            } else if (row.length > 3 && row[3].equals(EXCHANGE)) {
                exchanges = Long.parseLong(row[1]);
            }
        }
        if (bytes == 0) {
            throw new IOException("jcmd says nothing of the heap of process " + pid);
        }
        return new LiveHeap(bytes, exchanges);
    }
}
