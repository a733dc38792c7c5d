package io.undertone.webapp.probe;

import java.util.Locale;

/** Why a verdict fell. Each reason leads to one verdict, and rests on one kind of evidence. */
public enum Reason {
    /** A chat server took the probe. Only the one that holds the session does, so a request by type counts too. */
    ACCEPTED(Verdict.ALIVE, Evidence.SERVER),
    /** The veil cut the probe out of what the customer was sent. Who is sent a message has a session. */
    SIGHTED(Verdict.ALIVE, Evidence.CUSTOMER),
    /**
     * The server that the interaction names answered fault 100, or one that {@code probe.faults} says means the same, at the last attempt and at one before it, and the
     * interaction named no other server meanwhile.
     */
    INTERACTION_NOT_FOUND(Verdict.GONE, Evidence.SERVER),
    /**
     * Every attempt ended in {@code EventError} 1: no chat server is connected that could take the request. While attempts
     * are left, the answer asks the workflow to come again, and routes.
     */
    NO_CHAT_SERVER(Verdict.UNREACHABLE, Evidence.SERVER),
    /** {@code IsOnline} is 0: the session finished, and its server said so. */
    OFFLINE(Verdict.OFFLINE, Evidence.INTERACTION),
    /** {@code ChatServerAppName} changed between two attempts: the session was restored elsewhere. */
    MOVED(Verdict.MOVED, Evidence.INTERACTION),
    /**
     * Fault 100 for a request that named no server. The interaction server passes such a request to any chat server, and
     * one that never had the session says the same as one that lost it.
     */
    NOT_ASKED_BY_NAME(Verdict.UNKNOWN, Evidence.NONE),
    /** The named server answered fault 100 at the last attempt alone; {@link #INTERACTION_NOT_FOUND} needs two. */
    ONE_FAULT_ONLY(Verdict.UNKNOWN, Evidence.NONE),
    /** The last attempt ended in a fault whose code has no documented meaning. */
    OTHER_FAULT(Verdict.UNKNOWN, Evidence.NONE),
    /** No chat server was there at the last attempt, but an earlier attempt ended otherwise. */
    ANSWERS_DIFFER(Verdict.UNKNOWN, Evidence.NONE),
    /** The last attempt had no answer in time. */
    TIMED_OUT(Verdict.UNKNOWN, Evidence.NONE),
    /** The last attempt could not be sent, or what came back is no answer to it. */
    TRANSPORT_FAILED(Verdict.UNKNOWN, Evidence.NONE),
    /**
     * The answers would have stopped the chat, but the interaction could not be re-read before the last attempt: it may
     * have moved to another server. So it is with every patient question where {@code probe.ha} says that sessions are
     * restored and {@code probe.interactionUrl} is not set.
     */
    LOOKUP_FAILED(Verdict.UNKNOWN, Evidence.NONE),
    /**
     * The answers would have stopped the chat, but after the first of them the chat system answered the customer well: the
     * session lives, and who was asked is not the server that has it.
     */
    CUSTOMER_ANSWERED(Verdict.UNKNOWN, Evidence.NONE),
    /**
     * The server that the interaction names answered fault 100 more than once, and there are attempts left: a restored
     * session may still come back.
     */
    ASK_AGAIN(Verdict.UNKNOWN, Evidence.NONE),
    /** The attempt goes on: its answer did not come by the time that the caller set. */
    PENDING(Verdict.UNKNOWN, Evidence.NONE),
    /**
     * The workflow asked more often than a verdict takes attempts, and there is none yet: its questions came too early, or
     * to several nodes that have no store in common.
     */
    ATTEMPTS_SPENT(Verdict.UNKNOWN, Evidence.NONE),
    /** The session was sent as many probes within the hour as {@code probe.budget} allows. */
    BUDGET_SPENT(Verdict.UNKNOWN, Evidence.NONE),
    /** The interaction came in less than {@code probe.skip.youngerThan} ago. */
    SKIPPED_YOUNG(Verdict.UNKNOWN, Evidence.NONE),
    /** The chat is asynchronous, and {@code probe.skip.async} is set. */
    SKIPPED_ASYNC(Verdict.UNKNOWN, Evidence.NONE),
    /** The chat is in transfer or consultation, and {@code probe.skip.inTransfer} is set. */
    SKIPPED_IN_TRANSFER(Verdict.UNKNOWN, Evidence.NONE),
    /** The interaction's medium is not among {@code probe.skip.media}. */
    SKIPPED_MEDIUM(Verdict.UNKNOWN, Evidence.NONE),
    /** The verdict would have stopped the chat, and {@code probe.shadow} is set. */
    SHADOW(Verdict.UNKNOWN, Evidence.NONE),
    /** No transport is configured, so nothing can be sent. */
    NOT_CONFIGURED(Verdict.UNKNOWN, Evidence.NONE),
    /** Undertone itself failed, or is shutting down; the log says how. */
    INTERNAL_ERROR(Verdict.UNKNOWN, Evidence.NONE);

    private final Verdict verdict;
    private final Evidence evidence;

    Reason(Verdict verdict, Evidence evidence) {
        this.verdict = verdict;
        this.evidence = evidence;
    }

    /** The verdict that this reason leads to. */
    public Verdict verdict() {
        return verdict;
    }

    /** What the verdict rests on. */
    public Evidence evidence() {
        return evidence;
    }

    /** The code in answers, metrics and logs. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
