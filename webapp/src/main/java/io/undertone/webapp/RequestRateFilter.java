package io.undertone.webapp;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.undertone.webapp.config.RequestRate;
import io.undertone.webapp.proxy.ClientAddresses;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Answers 429 (RFC 6585 section 4) to an address that asks more often than it may. An IPv6 network of 64 bits counts as one
 * address, as one host may have all of it. Thread-safe.
 */
final class RequestRateFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;
    private static final int MOST_ADDRESSES = 100_000;
    private static final int IPV6_NETWORK_BYTES = 8;

    private final transient ClientAddresses clients;
    private final transient Counter refused;
    private final transient LoadingCache<String, Bucket> buckets;

    /** @param nanoTime as {@link System#nanoTime} */
    RequestRateFilter(RequestRate rate, ClientAddresses clients, LongSupplier nanoTime, MeterRegistry meters) {
        this.clients = clients;
        this.refused = Counter.builder("undertone.requests.refused")
                .description("Requests refused as too many")
                .register(meters);
        TimeMeter time = new NanoTime(nanoTime);
        this.buckets = Caffeine.newBuilder()
                // A bucket that was left alone this long is full, as a new one is.
                .expireAfterAccess(rate.period().plus(Duration.ofSeconds(1)))
                .maximumSize(MOST_ADDRESSES)
                // Tidied by whoever comes: a hand-over to another thread costs more.
                .executor(Runnable::run)
                .build(address -> Bucket.builder()
                        .addLimit(limit -> limit.capacity(rate.requests()).refillGreedy(rate.requests(), rate.period()))
                        .withCustomTimePrecision(time)
                        .build());
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        ConsumptionProbe consumption = buckets.get(network(clients.of(request))).tryConsumeAndReturnRemaining(1);
        if (consumption.isConsumed()) {
            chain.doFilter(request, response);
            return;
        }
        refused.increment();
        long seconds = 1 + TimeUnit.NANOSECONDS.toSeconds(consumption.getNanosToWaitForRefill());
        response.setHeader("Retry-After", Long.toString(seconds));
        new Problem(
                        429,
                        "Too Many Requests",
                        "Too many requests come from this address. Try again in " + seconds + " s.")
                .writeTo(response);
    }

    /** An address is written in figures, so nothing is looked up. */
    private static String network(String address) throws IOException {
        if (!address.contains(":")) {
            return address;
        }
        byte[] bytes = InetAddress.getByName(address).getAddress();
        return Arrays.toString(Arrays.copyOf(bytes, IPV6_NETWORK_BYTES));
    }

    private record NanoTime(LongSupplier nanoTime) implements TimeMeter {
        @Override
        public long currentTimeNanos() {
            return nanoTime.getAsLong();
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    }
}
