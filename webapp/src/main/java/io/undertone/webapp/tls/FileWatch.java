package io.undertone.webapp.tls;

import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.util.Scanner;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks each second whether files have changed, and has them taken over when they have stopped changing. Files that cannot be
 * used change nothing: what was loaded before stays, the log says why, and {@code undertone.tls.reloads} counts it.
 */
public final class FileWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FileWatch.class);

    private final String side;
    private final Reload reload;
    private final MeterRegistry meters;
    private final Scanner scanner = new Scanner();

    /** Takes files over as they are now. */
    @FunctionalInterface
    public interface Reload {
        void run() throws Exception;
    }

    private FileWatch(String side, Reload reload, MeterRegistry meters) {
        this.side = side;
        this.reload = reload;
        this.meters = meters;
    }

    /**
     * Begins to look.
     *
     * @param side whose files they are, for log and metric
     * @param files all that {@code reload} reads; each is there now
     */
    public static FileWatch start(String side, List<Path> files, Reload reload, MeterRegistry meters) {
        FileWatch watch = new FileWatch(side, reload, meters);
        files.forEach(file -> watch.scanner.addFile(file.toAbsolutePath()));
        watch.scanner.setScanInterval(1);
        watch.scanner.setReportExistingFilesOnStartup(false);
        watch.scanner.addListener(new Scanner.BulkListener() {
            @Override
            public void pathsChanged(Map<Path, Scanner.Notification> changes) {
                watch.takeOver();
            }
        });
        try {
            watch.scanner.start();
        } catch (Exception failure) {
            throw new IllegalStateException("files cannot be watched", failure);
        }
        return watch;
    }

    private void takeOver() {
        try {
            reload.run();
            LOG.info("{}: new certificates are in use", side);
            count("taken");
        } catch (TlsFileException unusable) {
            LOG.warn("{}: the certificates stay as they were: {}", side, unusable.getMessage());
            count("refused");
        } catch (Exception failure) {
            LOG.warn("{}: the certificates stay as they were", side, failure);
            count("refused");
        }
    }

    private void count(String outcome) {
        meters.counter("undertone.tls.reloads", "side", side, "outcome", outcome)
                .increment();
    }

    @Override
    public void close() {
        try {
            scanner.stop();
        } catch (Exception failure) {
            throw new IllegalStateException("files are still watched", failure);
        }
    }
}
