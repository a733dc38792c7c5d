package io.undertone.webapp.probe;

import io.undertone.webapp.Problem;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes answers in the order in which they fall, each at once. One thread writes at a time, and none when there is nothing to
 * write. Thread-safe; {@link #admit} blocks while too many questions are open.
 */
final class BatchReply {
    /** Questions whose answer is not yet with the caller: some kilobytes of memory each, and no thread. */
    static final int MOST_OPEN = 32_768;

    private static final Logger LOG = LoggerFactory.getLogger(BatchReply.class);
    private static final JsonMapper JSON = JsonMapper.shared();

    private final AsyncContext exchange;
    private final Semaphore room = new Semaphore(MOST_OPEN);
    private final Map<Object, CompletableFuture<ProbeAnswer>> questions = new ConcurrentHashMap<>();
    private final Queue<byte[]> lines = new ConcurrentLinkedQueue<>();
    /** What is not yet written: open questions, and the input while it lasts. */
    private final AtomicInteger unfinished = new AtomicInteger(1);
    /** How often somebody asked for writing since nobody wrote. */
    private final AtomicInteger calls = new AtomicInteger();

    private volatile boolean abandoned;
    /** Known to whoever writes. */
    private volatile boolean complete;

    private BatchReply(AsyncContext exchange) {
        this.exchange = exchange;
    }

    /** Begins the reply. */
    static BatchReply begin(AsyncContext exchange) {
        // The attempts bound the time; the container's own limit would cut the reply off.
        exchange.setTimeout(0);
        HttpServletResponse response = (HttpServletResponse) exchange.getResponse();
        response.setContentType("application/x-ndjson;charset=utf-8");
        response.setHeader("Cache-Control", "no-store");
        return new BatchReply(exchange);
    }

    /**
     * Makes room for one more line, which has to be answered or refused then.
     *
     * @return false when nobody listens any more
     */
    boolean admit() {
        room.acquireUninterruptibly();
        unfinished.incrementAndGet();
        return !abandoned;
    }

    /** Answers a line as soon as the answer is there. */
    void answerWith(CompletableFuture<ProbeAnswer> answer) {
        Object ticket = new Object();
        questions.put(ticket, answer);
        var unused = answer.whenComplete((verdict, failure) -> {
            questions.remove(ticket);
            if (failure == null) {
                write(JSON.writeValueAsString(verdict.fields()));
            }
        });
        if (abandoned) {
            answer.cancel(false);
        }
    }

    /** Answers a line that is no question. */
    void refuse(int line, Problem problem) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("line", line);
        fields.put("status", problem.status());
        fields.put("title", problem.title());
        fields.put("detail", problem.detail());
        write(JSON.writeValueAsString(fields));
    }

    /** No more lines come. */
    void end() {
        unfinished.decrementAndGet();
        write();
    }

    /** Gives up: nobody listens. */
    void abandon() {
        abandoned = true;
        questions.values().forEach(question -> question.cancel(false));
        room.release(MOST_OPEN);
        write();
    }

    private void write(String line) {
        if (!abandoned) {
            lines.add((line + "\n").getBytes(StandardCharsets.UTF_8));
            write();
        }
    }

    private void write() {
        if (calls.getAndIncrement() == 0) {
            exchange.start(this::writeAll);
        }
    }

    private void writeAll() {
        int answered = calls.get();
        while (answered != 0) {
            try {
                if (!abandoned && !complete) {
                    writeLines();
                }
            } catch (IOException e) {
                LOG.debug("The caller left before the batch was answered", e);
                abandon();
            }
            if (!complete && (abandoned || unfinished.get() == 0)) {
                complete = true;
                exchange.complete();
            }
            answered = calls.addAndGet(-answered);
        }
    }

    private void writeLines() throws IOException {
        ServletOutputStream out = exchange.getResponse().getOutputStream();
        int written = 0;
        for (byte[] line = lines.poll(); line != null; line = lines.poll()) {
            out.write(line);
            written++;
        }
        if (written > 0) {
            out.flush();
            room.release(written);
            unfinished.addAndGet(-written);
        }
    }
}
