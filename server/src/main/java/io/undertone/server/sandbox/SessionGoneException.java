package io.undertone.server.sandbox;

/** The chat session has ended, or its chat server has forgotten it: nothing can be said in it any more. */
final class SessionGoneException extends RuntimeException {
    SessionGoneException(String interactionId) {
        super("the chat session " + interactionId + " is over", null, false, false);
    }
}
