package io.undertone.webapp.proxy;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * One server behind a route, and what was learnt of its health from connecting to it. Whatever it answers, it is there: only
 * connections that fail count against it. Thread-safe.
 */
public final class Upstream {
    /** So often in a row is no accident. */
    private static final int FAILURES_THAT_TELL = 3;

    /** Longer than a connection may take to fail, and short enough for a restart to be seen soon. */
    private static final Duration SHUNNED = Duration.ofSeconds(10);

    private final URI url;
    private final String base;
    private final LongSupplier nanoTime;
    private final AtomicInteger failuresInARow = new AtomicInteger();
    private final AtomicInteger exchanges = new AtomicInteger();
    private final Counter answered;
    private final Counter unreachable;
    private final Counter brokenOff;
    private volatile long shunnedUntil;

    Upstream(String route, URI url, LongSupplier nanoTime, MeterRegistry meters) {
        this.url = url;
        this.nanoTime = nanoTime;
        String text = url.toString();
        this.base = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
        Tags tags = Tags.of("route", route, "upstream", url.getRawAuthority());
        this.answered = outcome(meters, tags, "answered");
        this.unreachable = outcome(meters, tags, "unreachable");
        this.brokenOff = outcome(meters, tags, "broken_off");
        Gauge.builder("undertone.upstream.healthy", this, upstream -> upstream.isHealthy() ? 1 : 0)
                .description("0 while an upstream is tried last, as connections to it failed")
                .tags(tags)
                .register(meters);
        Gauge.builder("undertone.upstream.exchanges", exchanges, AtomicInteger::get)
                .description("Requests that an upstream has not answered whole")
                .tags(tags)
                .register(meters);
    }

    private static Counter outcome(MeterRegistry meters, Tags tags, String outcome) {
        return Counter.builder("undertone.upstream.requests")
                .description("Requests by what became of them")
                .tags(tags)
                .tag("outcome", outcome)
                .register(meters);
    }

    /** Its URL as it was configured. */
    public URI url() {
        return url;
    }

    /** Where a request goes: the raw path, spelled as the client spelled it, behind the upstream's own. */
    public String target(HttpServletRequest clientToProxyRequest) {
        String path = clientToProxyRequest
                .getRequestURI()
                .substring(clientToProxyRequest.getContextPath().length());
        String query = clientToProxyRequest.getQueryString();
        return base + path + (query == null ? "" : "?" + query);
    }

    /** Whether it is worth trying first. */
    public boolean isHealthy() {
        return failuresInARow.get() < FAILURES_THAT_TELL || nanoTime.getAsLong() - shunnedUntil >= 0;
    }

    /** An exchange is given to it; one of the other methods tells of its end. */
    public void begin() {
        exchanges.incrementAndGet();
    }

    /** It could not be connected to: nothing was sent, and another may be tried. */
    public void endUnreachable() {
        exchanges.decrementAndGet();
        unreachable.increment();
        // The time first: whoever sees the count has to see it.
        shunnedUntil = nanoTime.getAsLong() + SHUNNED.toNanos();
        failuresInARow.incrementAndGet();
    }

    /** It was connected to, and its answer is whole. */
    public void endAnswered() {
        exchanges.decrementAndGet();
        answered.increment();
    }

    /** It was connected to, and the exchange broke off, by whosever fault. */
    public void endBrokenOff() {
        exchanges.decrementAndGet();
        brokenOff.increment();
    }

    /** A connection to it stands. */
    public void reached() {
        failuresInARow.set(0);
    }
}
