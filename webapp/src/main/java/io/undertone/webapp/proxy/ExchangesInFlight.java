package io.undertone.webapp.proxy;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** All exchanges that are under way, for the time when this server stops. Thread-safe. */
public final class ExchangesInFlight {
    private final Set<ProxyExchange> all = ConcurrentHashMap.newKeySet();
    private volatile boolean arePollsAnswered;

    void begin(ProxyExchange exchange) {
        all.add(exchange);
    }

    void end(ProxyExchange exchange) {
        all.remove(exchange);
    }

    /** An upstream has all of an exchange's request, and may take its time. */
    void isSent(ProxyExchange exchange) {
        if (arePollsAnswered) {
            exchange.answerPoll();
        }
    }

    /**
     * Answers each {@link HeldPoll poll} that waits for news as the chat server does when there are none, so that the customer
     * asks the next node; and from now on each new one as soon as it is sent. All others go on.
     */
    public void answerPolls() {
        arePollsAnswered = true;
        all.forEach(ProxyExchange::answerPoll);
    }

    /** Does both: there is no time left. */
    void stop() {
        all.forEach(ProxyExchange::stop);
    }

    /** Waits for no upstream any longer: who has no reply yet is told to come again, and a reply that has begun is broken off. */
    public void giveUp() {
        all.forEach(ProxyExchange::giveUp);
    }
}
