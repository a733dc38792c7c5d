package io.undertone.webapp.probe;

import io.undertone.webapp.config.FaultMeaning;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Turns attempts into a verdict. Pure: the same facts give the same reason. An empty result means: ask again.
 *
 * <p>A verdict that stops a chat must be right, so each needs evidence that this one interaction is dead: its own server's
 * word, more than once, with the interaction's owner known, and nothing that speaks against it. Everything else routes.
 */
final class Judge {
    /** One fault 100 may fall into the moment before a session is restored; two with a pause between do not. */
    private static final int FAULTS_NEEDED = 2;

    private Judge() {}

    /** Judges what the interaction itself says, before anything is sent. */
    static Optional<Reason> beforeAsking(List<Attempt> past, Interaction now) {
        if (now.finished()) {
            return Optional.of(Reason.OFFLINE);
        }
        if (!past.isEmpty() && now.movedSince(last(past).interaction())) {
            return Optional.of(Reason.MOVED);
        }
        return Optional.empty();
    }

    /**
     * Judges the attempts made so far.
     *
     * @param attempts at least one, oldest first
     * @param answeredAt when by the ticker the chat system last answered the customer that the chat goes on; empty when nobody
     *     saw it
     * @param exhausted whether no further attempt will be made; then the result is never empty
     */
    static Optional<Reason> afterAsking(List<Attempt> attempts, OptionalLong answeredAt, boolean exhausted) {
        if (attempts.stream().anyMatch(attempt -> attempt.outcome() instanceof EspOutcome.Sighted)) {
            return Optional.of(Reason.SIGHTED);
        }
        if (attempts.stream().anyMatch(attempt -> attempt.meaning() == FaultMeaning.ALIVE)) {
            return Optional.of(Reason.ACCEPTED);
        }
        return exhausted ? Optional.of(finalReason(attempts, answeredAt)) : Optional.empty();
    }

    /**
     * What is known while further attempts are to come.
     *
     * @param attempts at least one, oldest first, none of them accepted
     * @return the reason of an answer that asks the workflow to come again, and so routes; it is never {@link Verdict#GONE}
     */
    static Reason soFar(List<Attempt> attempts) {
        Reason reason = finalReason(attempts, OptionalLong.empty());
        return reason == Reason.INTERACTION_NOT_FOUND ? Reason.ASK_AGAIN : reason;
    }

    private static Reason finalReason(List<Attempt> attempts, OptionalLong answeredAt) {
        Attempt last = last(attempts);
        if (last.outcome() instanceof EspOutcome.Fault) {
            return last.meaning() == FaultMeaning.GONE ? notFound(attempts, answeredAt) : Reason.OTHER_FAULT;
        }
        if (last.foundNoServer()) {
            return noServer(attempts, answeredAt);
        }
        return last.outcome() instanceof EspOutcome.TimedOut ? Reason.TIMED_OUT : Reason.TRANSPORT_FAILED;
    }

    private static Reason notFound(List<Attempt> attempts, OptionalLong answeredAt) {
        Interaction now = last(attempts).interaction();
        String server = now.server();
        if (server == null || now.chatServerAppName() == null) {
            return Reason.NOT_ASKED_BY_NAME;
        }
        if (!now.current()) {
            return Reason.LOOKUP_FAILED;
        }
        List<Attempt> faults = sinceServerFell(attempts).stream()
                .filter(attempt -> attempt.notFoundBy(server))
                .toList();
        return faults.size() >= FAULTS_NEEDED
                ? unlessAnswered(Reason.INTERACTION_NOT_FOUND, faults, answeredAt)
                : Reason.ONE_FAULT_ONLY;
    }

    /** What a server said before it fell was of a session that may have been restored since. */
    private static List<Attempt> sinceServerFell(List<Attempt> attempts) {
        int fell = attempts.size();
        while (fell > 0 && !attempts.get(fell - 1).foundNoServer()) {
            fell--;
        }
        return attempts.subList(fell, attempts.size());
    }

    private static Reason noServer(List<Attempt> attempts, OptionalLong answeredAt) {
        if (!attempts.stream().allMatch(Attempt::foundNoServer)) {
            return Reason.ANSWERS_DIFFER;
        }
        // The server that is down may have been left behind: its session may live on elsewhere by now.
        return last(attempts).interaction().current()
                ? unlessAnswered(Reason.NO_CHAT_SERVER, attempts, answeredAt)
                : Reason.LOOKUP_FAILED;
    }

    /**
     * A session that was dead at the first attempt answers nobody later: the server that was asked is not the one that has it.
     * An answer from before says nothing, as the server may have died since.
     *
     * @param evidence the attempts that the reason rests on, oldest first
     */
    private static Reason unlessAnswered(Reason reason, List<Attempt> evidence, OptionalLong answeredAt) {
        boolean isAnswered = answeredAt.isPresent()
                && answeredAt.getAsLong() - evidence.get(0).tick() > 0;
        return isAnswered ? Reason.CUSTOMER_ANSWERED : reason;
    }

    private static Attempt last(List<Attempt> attempts) {
        return attempts.get(attempts.size() - 1);
    }
}
