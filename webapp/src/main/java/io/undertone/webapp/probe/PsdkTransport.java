package io.undertone.webapp.probe;

import io.undertone.webapp.config.ProbeConfig;
import io.undertone.webapp.config.TransportConfig;
import io.undertone.webapp.probe.PsdkLibrary.CallFailedException;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends ESP requests by the vendor's SDK, as a client of the interaction server. The SDK blocks, so it has threads of its own,
 * so many and no more. Thread-safe.
 */
final class PsdkTransport implements ProbeTransport {
    private static final Logger LOG = LoggerFactory.getLogger(PsdkTransport.class);
    private static final int THREADS = 16;
    private static final int MOST_WAITING = 1_000;
    private static final int MAX_TEXT = 200;

    private final PsdkLibrary library;
    private final PsdkChannel channel;
    private final TransportConfig.PsdkNames names;
    private final ProbeMessage message;
    private final ProbeText text;
    private final Duration timeout;
    private final ThreadPoolExecutor threads;

    /** @throws io.undertone.webapp.config.ConfigException if the SDK is not all there; the message names what is missing */
    PsdkTransport(TransportConfig.Psdk psdk, ProbeConfig config, ProbeText text) {
        library = library(psdk);
        timeout = config.timeout();
        channel = new PsdkChannel(library, psdk, timeout);
        names = psdk.names();
        message = new ProbeMessage(config);
        this.text = text;
        threads = new ThreadPoolExecutor(
                THREADS, THREADS, 30, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MOST_WAITING), this::thread);
        threads.allowCoreThreadTimeOut(true);
    }

    /**
     * Loads the SDK, and lets go of it.
     *
     * @throws io.undertone.webapp.config.ConfigException as the constructor does
     */
    static void checkFiles(TransportConfig.Psdk psdk) {
        close(library(psdk));
    }

    private static PsdkLibrary library(TransportConfig.Psdk psdk) {
        PsdkLibrary library = new PsdkLibrary(psdk.jars());
        if (psdk.tls()) {
            library.requireTls();
        }
        return library;
    }

    private Thread thread(Runnable task) {
        Thread thread = new Thread(task, "undertone-psdk");
        thread.setDaemon(true);
        thread.setContextClassLoader(library.loader());
        return thread;
    }

    @Override
    public CompletionStage<EspOutcome> send(String interactionId, Interaction interaction) {
        CompletableFuture<EspOutcome> outcome = new CompletableFuture<>();
        try {
            threads.execute(() -> {
                // Whose time is over before its turn is not sent at all.
                if (!outcome.isDone()) {
                    outcome.complete(ask(interactionId, interaction));
                }
            });
        } catch (RejectedExecutionException tooMany) {
            return CompletableFuture.completedFuture(new EspOutcome.Failed("too many requests wait already"));
        }
        return outcome.orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(failure -> failure instanceof TimeoutException
                        ? new EspOutcome.TimedOut()
                        : new EspOutcome.Failed(failure.getClass().getSimpleName()));
    }

    private EspOutcome ask(String interactionId, Interaction interaction) {
        try {
            Object envelope = library.list(message.address(interaction.chatServerAppName()));
            library.addList(envelope, "Parameters", library.list(message.parameters(text.next(interactionId))));
            Object userData = library.list(Map.of(names.interactionIdKey(), interactionId));
            Object reply = channel.ask(library.request(envelope, userData));
            return reply == null ? new EspOutcome.TimedOut() : outcome(reply);
        } catch (CallFailedException failed) {
            return new EspOutcome.Failed(Objects.requireNonNullElse(failed.getMessage(), "the SDK failed"));
        } catch (RuntimeException | LinkageError defect) {
            return new EspOutcome.Failed(defect.getClass().getSimpleName());
        }
    }

    private EspOutcome outcome(Object reply) throws CallFailedException {
        int id = library.messageId(reply);
        if (id == names.errorId()) {
            return EspOutcome.ofError(shorten(library.property(reply, names.errorCodeMethod())), "");
        }
        Object envelope = library.envelope(reply);
        String faultCode = envelope == null ? null : library.string(envelope, "Parameters", "FaultCode");
        // The protocol lets an error ride in a response's parameters; such a response accepts nothing.
        if (id == names.responseId() && faultCode == null) {
            return new EspOutcome.Accepted();
        }
        return id == names.faultId() && envelope != null
                ? new EspOutcome.Fault(
                        shorten(faultCode), shorten(library.string(envelope, "Parameters", "FaultString")))
                : new EspOutcome.Failed("message %d is no answer to an ESP request".formatted(id));
    }

    private static String shorten(@Nullable String said) {
        return said == null ? "" : Printable.shorten(said.strip(), MAX_TEXT);
    }

    @Override
    public void close() {
        threads.shutdownNow();
        channel.close();
        close(library);
    }

    private static void close(PsdkLibrary library) {
        try {
            library.close();
        } catch (IOException stillOpen) {
            LOG.debug("The SDK's jars could not be closed", stillOpen);
        }
    }
}
