package io.undertone.webapp.probe;

/** How one probe ended. Texts are printable and short, whoever sent them. */
public sealed interface EspOutcome {
    /** Whether it shows that the chat session is there. */
    default boolean provesAlive() {
        return false;
    }

    /** The code of the server's fault or error, empty when it named none. */
    default String faultCode() {
        return "";
    }

    /** The text beside {@link #faultCode()}, empty when there is none. */
    default String faultString() {
        return "";
    }

    /** {@code ExternalServiceResponse}: the session is in that chat server's memory. */
    record Accepted() implements EspOutcome {
        @Override
        public boolean provesAlive() {
            return true;
        }
    }

    /** The veil saw the probe leave for the customer; the server may not even have answered. */
    record Sighted() implements EspOutcome {
        @Override
        public boolean provesAlive() {
            return true;
        }
    }

    /** {@code ExternalServiceFault}: a chat server is up and refused. */
    record Fault(String faultCode, String faultString) implements EspOutcome {}

    /** {@code EventError} 1 of the interaction server: no chat server is connected that could take the request. */
    record NoServer(String faultCode, String faultString) implements EspOutcome {}

    /** No answer in time. */
    record TimedOut() implements EspOutcome {}

    /**
     * Not sent, or the answer is none that a probe can have.
     *
     * @param why what went wrong, for the operator's log
     */
    record Failed(String why) implements EspOutcome {}

    /** The code of {@code EventError} with which the interaction server says that it found no server to pass a request to. */
    String NO_APPROPRIATE_SERVER = "1";

    /** What the interaction server's {@code EventError} means: its code counts, its text may be another one. */
    static EspOutcome ofError(String errorCode, String errorMessage) {
        return errorCode.equals(NO_APPROPRIATE_SERVER)
                ? new NoServer(errorCode, errorMessage)
                : new Failed("EventError with code '%s'".formatted(errorCode));
    }
}
