package io.undertone.server.drill;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.undertone.filters.keyword.Audience;
import io.undertone.filters.keyword.KeywordSet;
import io.undertone.filters.payload.ChatMemories;
import io.undertone.filters.payload.OnUnreadable;
import io.undertone.filters.payload.PayloadEditor;
import io.undertone.filters.payload.PayloadType;
import io.undertone.filters.servlet.VeilRoute;
import io.undertone.webapp.config.UndertoneConfig;
import io.undertone.webapp.probe.HttpExchange;
import io.undertone.webapp.probe.ProbeAnswer;
import io.undertone.webapp.probe.ProbeMemory;
import io.undertone.webapp.probe.ProbeRequest;
import io.undertone.webapp.probe.Prober;
import io.undertone.webapp.probe.Sightings;
import io.undertone.webapp.store.Store;
import java.io.ByteArrayOutputStream;
import java.util.Optional;

/** One node of Undertone: the veil that customers' replies pass, and the prober that workflows ask. */
final class Node {
    private static final String DIALECT = "genesys-v2";

    private final VeilRoute route;
    private final KeywordSet hidden;
    private final Sightings sightings;
    private final Prober prober;
    private final ChatMemories memories = new ChatMemories();
    private boolean isUp = true;
    private boolean isDying;

    /**
     * @param hidden what the veil hides
     * @param store common to all nodes
     * @param common what else they have in common, by simulated time
     * @param exchange leads to the interaction server
     */
    Node(
            UndertoneConfig config,
            KeywordSet hidden,
            Store store,
            CommonStore common,
            SimulatedTime time,
            HttpExchange exchange) {
        this.route = new VeilRoute(config.dialects().require(DIALECT), Audience.CUSTOMER, OnUnreadable.WITHHOLD);
        this.hidden = hidden;
        MeterRegistry meters = new SimpleMeterRegistry();
        sightings = Sightings.of(
                config.probe(),
                store,
                common.sightings(),
                time.clock(),
                time.timing().ticker(),
                meters);
        prober = Prober.of(
                config.probe(),
                sightings,
                new ProbeMemory(ProbeMemory.in(store, config.probe()).verdicts(), common.inquiries()),
                time.timing(),
                exchange,
                meters);
    }

    boolean isUp() {
        return isUp;
    }

    /** With its next verdict it dies, before anybody hears of that. What it knew alone is gone with it. */
    void dieBetweenVerdictAndAnswer() {
        isDying = true;
    }

    /** What of a reply goes out to the customer. */
    byte[] veil(String chatId, byte[] reply) {
        sightings.asked(route, chatId);
        ByteArrayOutputStream proxyToClient = new ByteArrayOutputStream(reply.length);
        PayloadEditor editor = new PayloadEditor(
                PayloadType.JSON,
                route.dialect(),
                route.audience(),
                hidden,
                route.onUnreadable(),
                memories.ofChat(chatId),
                message -> sightings.hidden(route, message.inChat(chatId)));
        editor.feed(reply, 0, reply.length, proxyToClient::write);
        editor.end(proxyToClient::write);
        return proxyToClient.toByteArray();
    }

    /**
     * Waits for the answer: the store works in real time, and simulated time stands still meanwhile.
     *
     * @return empty when the node died before it could answer
     */
    Optional<ProbeAnswer> ask(ProbeRequest question) {
        ProbeAnswer answer = prober.probe(question).join();
        if (isDying && answer.retryAfter().isZero()) {
            isUp = false;
        }
        return isUp ? Optional.of(answer) : Optional.empty();
    }
}
