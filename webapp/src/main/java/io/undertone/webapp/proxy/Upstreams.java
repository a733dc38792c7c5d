package io.undertone.webapp.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.MeterRegistry;
import io.undertone.filters.dialect.Dialect;
import io.undertone.webapp.store.StoredSession;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The servers behind a route, and which of them a request belongs to. A session stays with the server that answered it; a
 * request of no known session goes where its client's address points, so that the requests of one client come together
 * before any of them has a session, on every node alike. Of a session that an upstream begins, other nodes can be told.
 * Thread-safe.
 *
 * <p>A server that cannot be connected to is tried last for a while, and is tried even so when no other is better: requests
 * are never refused because all servers are thought ill.
 */
public final class Upstreams {
    /** More than a chat is silent; what is forgotten goes by its client's address again. */
    private static final Duration REMEMBERED = Duration.ofHours(2);

    private static final int MOST_SESSIONS = 500_000;

    private final String route;
    private final List<Upstream> all;
    private final SessionNames sessionNames;
    private final ClientAddresses clients;
    private final Cache<String, Upstream> bySession = Caffeine.newBuilder()
            .expireAfterAccess(REMEMBERED)
            .maximumSize(MOST_SESSIONS)
            // Tidied by whoever comes: a hand-over to another thread costs more.
            .executor(Runnable::run)
            .build();
    private volatile Consumer<StoredSession> otherNodes = session -> {};

    Upstreams(
            String route,
            List<URI> urls,
            Dialect dialect,
            ClientAddresses clients,
            LongSupplier nanoTime,
            MeterRegistry meters) {
        this.route = route;
        this.all = urls.stream()
                .map(url -> new Upstream(route, url, nanoTime, meters))
                .toList();
        this.sessionNames = new SessionNames(dialect);
        this.clients = clients;
    }

    /** All of them, in the order of the configuration. */
    public List<Upstream> all() {
        return all;
    }

    /** From now on others are told of the sessions that begin here. */
    void tellOtherNodes(Consumer<StoredSession> told) {
        otherNodes = told;
    }

    /** Another node says which upstream began a session; what is none of ours is no news. */
    void heard(StoredSession session) {
        all.stream()
                .filter(upstream -> upstream.url().toString().equals(session.upstream()))
                .forEach(upstream -> bySession.put(session.name(), upstream));
    }

    /** All of them, in the order in which they are to be tried: the next only when the one before cannot be connected to. */
    public List<Upstream> inOrder(HttpServletRequest clientToProxyRequest) {
        if (all.size() == 1) {
            return all;
        }
        Upstream own = sessionNames.of(clientToProxyRequest).stream()
                .map(Upstreams::hashed)
                .map(bySession::getIfPresent)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        String address = clients.of(clientToProxyRequest);
        List<Upstream> ordered = new ArrayList<>(all);
        ordered.sort(Comparator.comparing((Upstream upstream) -> !upstream.isHealthy())
                .thenComparing(upstream -> upstream != own)
                .thenComparing(upstream -> weight(address, upstream)));
        return ordered;
    }

    /**
     * An upstream has answered: the sessions that the request names, and those that the answer begins, are its own.
     *
     * @param setCookies the values of the answer's {@code Set-Cookie} fields
     */
    public void answered(HttpServletRequest clientToProxyRequest, Upstream upstream, List<String> setCookies) {
        if (all.size() > 1) {
            sessionNames.of(clientToProxyRequest).forEach(name -> bySession.put(hashed(name), upstream));
            sessionNames.begunBy(setCookies).forEach(name -> begin(name, upstream));
        }
    }

    /** Whether a request may begin a chat, whose name is to be looked for in the reply: {@link #begun}. */
    boolean mayBegin(HttpServletRequest clientToProxyRequest) {
        return all.size() > 1 && sessionNames.mayBegin(clientToProxyRequest);
    }

    /** An upstream has begun a chat: the requests that name it are its own. */
    void begun(String chatId, Upstream upstream) {
        begin(SessionNames.chat(chatId), upstream);
    }

    /** What a request says is not told: nobody but an upstream can fill the memory of other nodes. */
    private void begin(String name, Upstream upstream) {
        String hashed = hashed(name);
        if (bySession.asMap().put(hashed, upstream) != upstream) {
            otherNodes.accept(new StoredSession(route, hashed, upstream.url().toString()));
        }
    }

    /** A name may be a cookie, by which others could take the session over: it is not kept. */
    private static String hashed(String name) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(name.getBytes(UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException never) {
            throw new IllegalStateException("every JDK has SHA-256", never);
        }
    }

    /** Rendezvous hashing: when one server goes, only its own clients move. The steps after the sum are MurmurHash3's last. */
    private static int weight(String address, Upstream upstream) {
        int hash = 31 * address.hashCode() + upstream.url().hashCode();
        hash = (hash ^ hash >>> 16) * 0x85ebca6b;
        hash = (hash ^ hash >>> 13) * 0xc2b2ae35;
        return hash ^ hash >>> 16;
    }
}
