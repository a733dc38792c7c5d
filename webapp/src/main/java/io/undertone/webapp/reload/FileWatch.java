package io.undertone.webapp.reload;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.undertone.webapp.config.ConfigException;
import io.undertone.webapp.tls.TlsFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks each second whether files have changed, and has them taken over when they have stopped changing. Files that cannot be
 * used change nothing: what was loaded before stays, the log says why, and {@code undertone.reloads} counts it.
 *
 * <p>A symbolic link is followed anew at each look: Kubernetes replaces mounted files by turning a link.
 */
public final class FileWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FileWatch.class);

    private final String subject;
    private final List<Path> files;
    private final Reload reload;
    private final MeterRegistry meters;
    private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "undertone-files");
        thread.setDaemon(true);
        return thread;
    });

    private List<Stamp> taken;
    private List<Stamp> seen;

    /** Takes files over as they are now. */
    @FunctionalInterface
    public interface Reload {
        /**
         * Reads the files and takes over what they say.
         *
         * @throws Exception if they cannot be used, and nothing was changed
         */
        void run() throws Exception;
    }

    /**
     * By what it is noticed that a file is another.
     *
     * @param size -1 where no file is
     */
    private record Stamp(Path real, FileTime changed, long size) {
        static Stamp of(Path file) {
            try {
                BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
                return new Stamp(file.toRealPath(), attributes.lastModifiedTime(), attributes.size());
            } catch (IOException unreadable) {
                return new Stamp(file, FileTime.fromMillis(0), -1);
            }
        }
    }

    FileWatch(String subject, List<Path> files, Reload reload, MeterRegistry meters) {
        this.subject = subject;
        this.files = List.copyOf(files);
        this.reload = reload;
        this.meters = meters;
        this.taken = stamps();
        this.seen = taken;
    }

    /**
     * Begins to look.
     *
     * @param subject what comes from the files, for log and metric
     * @param files all that {@code reload} reads; each was just read
     */
    public static FileWatch start(String subject, List<Path> files, Reload reload, MeterRegistry meters) {
        FileWatch watch = new FileWatch(subject, files, reload, meters);
        var unusedLooking = watch.looks.scheduleWithFixedDelay(watch::look, 1, 1, TimeUnit.SECONDS);
        return watch;
    }

    private List<Stamp> stamps() {
        return files.stream().map(Stamp::of).toList();
    }

    /** Who writes a file in pieces is waited for: the same has to be there at two looks. */
    void look() {
        List<Stamp> now = stamps();
        if (now.equals(seen) && !now.equals(taken)) {
            taken = now;
            takeOver();
        }
        seen = now;
    }

    private void takeOver() {
        try {
            reload.run();
            LOG.info("{}: what the files say now is in use", subject);
            count("taken");
        } catch (ConfigException unusable) {
            LOG.warn("{}: all stays as it was: {}", subject, String.join("; ", unusable.errors()));
            count("refused");
        } catch (TlsFileException unusable) {
            LOG.warn("{}: all stays as it was: {}", subject, unusable.getMessage());
            count("refused");
        } catch (Exception failure) {
            LOG.warn("{}: all stays as it was", subject, failure);
            count("refused");
        }
    }

    private void count(String outcome) {
        Counter.builder("undertone.reloads")
                .description("Files that were read again as they had changed, and what came of it")
                .tag("subject", subject)
                .tag("outcome", outcome)
                .register(meters)
                .increment();
    }

    /** Looks no more; one that is under way may still end. */
    @Override
    public void close() {
        looks.shutdownNow();
    }
}
