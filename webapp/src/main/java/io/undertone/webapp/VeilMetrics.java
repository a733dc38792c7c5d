package io.undertone.webapp;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.undertone.filters.keyword.SenderKind;
import io.undertone.filters.keyword.Visibility;
import io.undertone.filters.payload.HiddenMessage;
import io.undertone.filters.servlet.VeilListener;
import io.undertone.filters.servlet.VeilRoute;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts what the veil does. Keywords stand here by id: their texts are nobody's business. */
final class VeilMetrics implements VeilListener {
    private record Hidden(String keywordId, Visibility tag, SenderKind sender) {}

    private final MeterRegistry meters;
    /** To look one up in the registry takes longer than to judge a message. */
    private final Map<Hidden, Counter> counters = new ConcurrentHashMap<>();

    VeilMetrics(MeterRegistry meters) {
        this.meters = meters;
    }

    @Override
    public void hidden(VeilRoute route, HiddenMessage message) {
        counters.computeIfAbsent(new Hidden(message.keywordId(), message.tag(), message.sender()), this::counterOf)
                .increment();
    }

    private Counter counterOf(Hidden hidden) {
        return Counter.builder("undertone.messages.hidden")
                .description("Messages taken out of replies")
                .tag("keyword", hidden.keywordId())
                .tag("visibility", hidden.tag().name())
                .tag("sender", hidden.sender().name())
                .register(meters);
    }

    @Override
    public void unreadable(String reason, boolean withheld) {
        Counter.builder("undertone.payloads.unreadable")
                .description("Replies that could not be judged, and headers of replies that could not be shown")
                .tag("reason", reason)
                .tag("outcome", withheld ? "withheld" : "passed")
                .register(meters)
                .increment();
    }
}
