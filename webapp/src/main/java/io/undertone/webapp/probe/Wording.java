package io.undertone.webapp.probe;

/** Says in words what operators see on the page and at the command line. */
final class Wording {
    private Wording() {}

    /** Why a verdict fell, as one sentence without its full stop. */
    static String of(Reason reason) {
        return switch (reason) {
            case ACCEPTED -> "A chat server took the probe, so the session exists";
            case SIGHTED -> "The customer was sent the probe, so the session exists";
            case INTERACTION_NOT_FOUND ->
                "The chat's own server said more than once that it does not know the session, and the chat has not moved";
            case NO_CHAT_SERVER -> "No chat server was there to take the request";
            case OFFLINE -> "The session has finished: IsOnline is 0";
            case MOVED -> "Another server owns the session now: ask again";
            case NOT_ASKED_BY_NAME ->
                "The session was not found, but no server was asked by name, and any other server says the same";
            case ONE_FAULT_ONLY -> "The server did not know the session at the last attempt alone; one is not enough";
            case OTHER_FAULT -> "The server refused for a reason that says nothing about the session";
            case ANSWERS_DIFFER -> "No chat server was there at last, but an earlier attempt ended otherwise";
            case TIMED_OUT -> "There was no answer in time";
            case TRANSPORT_FAILED -> "The probe could not be sent, or what came back is no answer to it";
            case LOOKUP_FAILED ->
                "It could not be read afresh which server owns the session, and it may have moved to another";
            case CUSTOMER_ANSWERED ->
                "The chat system still answers the customer, so the session lives, and not where it was asked for";
            case ASK_AGAIN -> "The server does not know the session, but may still restore it: ask again";
            case PENDING -> "The attempt goes on: its answer did not come in time for this one";
            case ATTEMPTS_SPENT -> "It was asked more often than a verdict takes attempts, and there is none yet";
            case BUDGET_SPENT -> "The session was sent as many probes within the hour as probe.budget allows";
            case SKIPPED_YOUNG -> "Not asked: the chat came in less than probe.skip.youngerThan ago";
            case SKIPPED_ASYNC -> "Not asked: the chat is asynchronous, and probe.skip.async is set";
            case SKIPPED_IN_TRANSFER -> "Not asked: the chat is in transfer, and probe.skip.inTransfer is set";
            case SKIPPED_MEDIUM -> "Not asked: the chat's medium is not among probe.skip.media";
            case SHADOW -> "The verdict would have stopped the chat, but probe.shadow is set";
            case NOT_CONFIGURED ->
                "Nothing can be sent: Undertone is not told where chat servers are asked (probe.url)";
            case INTERNAL_ERROR -> "Undertone itself failed, or is about to stop; its log says how";
        };
    }

    /** How an attempt ended, with the fault in it. */
    static String of(EspOutcome outcome) {
        if (outcome instanceof EspOutcome.Accepted) {
            return "the server took the probe";
        }
        if (outcome instanceof EspOutcome.Sighted) {
            return "the customer was sent the probe";
        }
        if (outcome instanceof EspOutcome.Fault fault) {
            return "fault " + fault.faultCode() + ": " + fault.faultString();
        }
        if (outcome instanceof EspOutcome.NoServer none) {
            return "no chat server took it: " + none.faultString();
        }
        return outcome instanceof EspOutcome.TimedOut ? "no answer in time" : "not sent, or not understood";
    }

    /** The same for the log, where operators also read what went wrong. */
    static String forLog(EspOutcome outcome) {
        return outcome instanceof EspOutcome.Failed failed ? of(outcome) + " (" + failed.why() + ")" : of(outcome);
    }

    /** The code of an outcome in answers. */
    static String wireName(EspOutcome outcome) {
        if (outcome instanceof EspOutcome.Accepted) {
            return "accepted";
        }
        if (outcome instanceof EspOutcome.Sighted) {
            return "sighted";
        }
        if (outcome instanceof EspOutcome.Fault) {
            return "fault";
        }
        if (outcome instanceof EspOutcome.NoServer) {
            return "no_server";
        }
        return outcome instanceof EspOutcome.TimedOut ? "timed_out" : "failed";
    }
}
