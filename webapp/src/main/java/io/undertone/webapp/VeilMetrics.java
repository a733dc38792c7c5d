package io.undertone.webapp;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.undertone.filters.payload.HiddenMessage;
import io.undertone.filters.servlet.VeilListener;
import io.undertone.filters.servlet.VeilRoute;

/** Counts what the veil does. Keywords stand here by id: their texts are nobody's business. */
final class VeilMetrics implements VeilListener {
    private final MeterRegistry meters;

    VeilMetrics(MeterRegistry meters) {
        this.meters = meters;
    }

    @Override
    public void hidden(VeilRoute route, HiddenMessage message) {
        Counter.builder("undertone.messages.hidden")
                .description("Messages taken out of replies")
                .tag("keyword", message.keywordId())
                .tag("visibility", message.tag().name())
                .tag("sender", message.sender().name())
                .register(meters)
                .increment();
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
