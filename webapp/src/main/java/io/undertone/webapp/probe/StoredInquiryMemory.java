package io.undertone.webapp.probe;

import io.undertone.webapp.config.FaultMeaning;
import io.undertone.webapp.store.StoredInquiries;
import io.undertone.webapp.store.StoredInquiry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Leaves word of inquiries in the store, for all nodes that work with it. Thread-safe. */
public final class StoredInquiryMemory implements InquiryMemory {
    private static final Logger LOG = LoggerFactory.getLogger(StoredInquiryMemory.class);
    private static final JsonMapper MAPPER = JsonMapper.shared();

    private final String node = UUID.randomUUID().toString();
    private final StoredInquiries inquiries;
    private final Map<String, FaultMeaning> faults;

    /** @param faults what fault codes mean on this node */
    public StoredInquiryMemory(StoredInquiries inquiries, Map<String, FaultMeaning> faults) {
        this.inquiries = inquiries;
        this.faults = Map.copyOf(faults);
    }

    /** What the nodes tell each other, as JSON. */
    private record Findings(
            List<Written> attempts, @Nullable Written proof, long proofAgeMs) {}

    /** @param beforeMs how long before the change it ended */
    private record Written(
            @Nullable String server,
            @Nullable Map<String, String> address,
            boolean current,
            Kind kind,
            String code,
            String text,
            Instant at,
            long beforeMs) {}

    private enum Kind {
        ACCEPTED,
        SIGHTED,
        FAULT,
        NO_SERVER,
        TIMED_OUT,
        FAILED
    }

    @Override
    public CompletionStage<Void> remember(String interactionId, InquiryState state) {
        Attempt proof = state.proof();
        Findings findings = new Findings(
                state.attempts().stream().map(StoredInquiryMemory::written).toList(),
                proof == null ? null : written(proof),
                // Counted from the change, whose own age the store counts on.
                state.sinceProof().minus(state.sinceChange()).toMillis());
        return inquiries.put(
                new StoredInquiry(interactionId, node, MAPPER.writeValueAsString(findings), state.sinceChange()));
    }

    private static Written written(Attempt attempt) {
        EspOutcome outcome = attempt.outcome();
        return new Written(
                attempt.interaction().chatServerAppName(),
                attempt.interaction().address(),
                attempt.interaction().current(),
                kind(outcome),
                outcome.faultCode(),
                outcome.faultString(),
                attempt.at(),
                Duration.ofNanos(-attempt.tick()).toMillis());
    }

    private static Kind kind(EspOutcome outcome) {
        if (outcome instanceof EspOutcome.Fault) {
            return Kind.FAULT;
        } else if (outcome instanceof EspOutcome.NoServer) {
            return Kind.NO_SERVER;
        } else if (outcome instanceof EspOutcome.TimedOut) {
            return Kind.TIMED_OUT;
        } else if (outcome instanceof EspOutcome.Failed) {
            return Kind.FAILED;
        }
        return outcome instanceof EspOutcome.Sighted ? Kind.SIGHTED : Kind.ACCEPTED;
    }

    @Override
    public CompletionStage<Optional<InquiryState>> recall(String interactionId) {
        return inquiries.get(interactionId).thenApply(told -> told.filter(
                        inquiry -> !inquiry.node().equals(node))
                .flatMap(this::state));
    }

    /** Another version's nodes may write what this one does not understand. */
    private Optional<InquiryState> state(StoredInquiry told) {
        try {
            Findings findings = MAPPER.readValue(told.findings(), Findings.class);
            List<Attempt> attempts =
                    findings.attempts().stream().map(this::attempt).toList();
            Duration sinceProof = told.age().plusMillis(findings.proofAgeMs());
            Written proof = findings.proof();
            return Optional.of(new InquiryState(
                    attempts,
                    told.age(),
                    proof == null ? null : attempt(proof),
                    sinceProof.isNegative() ? Duration.ZERO : sinceProof));
        } catch (JacksonException | IllegalArgumentException | NullPointerException unknown) {
            LOG.debug("What another node says of {} cannot be read", told.interactionId(), unknown);
            return Optional.empty();
        }
    }

    private Attempt attempt(Written written) {
        EspOutcome outcome =
                switch (written.kind()) {
                    case ACCEPTED -> new EspOutcome.Accepted();
                    case SIGHTED -> new EspOutcome.Sighted();
                    case FAULT -> new EspOutcome.Fault(written.code(), written.text());
                    case NO_SERVER -> new EspOutcome.NoServer(written.code(), written.text());
                    case TIMED_OUT -> new EspOutcome.TimedOut();
                    case FAILED -> new EspOutcome.Failed("seen by another node");
                };
        return Attempt.of(
                new Interaction(
                        written.server(),
                        null,
                        written.current(),
                        written.address() == null ? Map.of() : written.address()),
                outcome,
                faults,
                written.at(),
                -Duration.ofMillis(written.beforeMs()).toNanos());
    }
}
