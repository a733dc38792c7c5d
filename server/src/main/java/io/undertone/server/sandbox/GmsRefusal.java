package io.undertone.server.sandbox;

/**
 * An operation is answered with a {@code statusCode} other than 0. The vendor's numbers for {@code errors[].code} are not
 * public, so they are the sandbox's own.
 */
final class GmsRefusal extends RuntimeException {
    private static final int RETRY = 1;
    private static final int DO_NOT_RETRY = 2;

    private final int statusCode;
    private final boolean chatEnded;
    private final int code;
    private final String advice;

    private GmsRefusal(int statusCode, boolean chatEnded, int code, String advice) {
        super(advice, null, false, false);
        this.statusCode = statusCode;
        this.chatEnded = chatEnded;
        this.code = code;
        this.advice = advice;
    }

    static GmsRefusal badField(String advice) {
        return new GmsRefusal(RETRY, false, 1, advice);
    }

    static GmsRefusal badFile(String advice) {
        return new GmsRefusal(RETRY, false, 2, advice);
    }

    static GmsRefusal notYours() {
        return new GmsRefusal(DO_NOT_RETRY, false, 10, "userId or secureKey does not belong to this chat");
    }

    /** The chat server is down, has forgotten the session, or the session has ended. */
    static GmsRefusal chatGone() {
        return new GmsRefusal(DO_NOT_RETRY, true, 11, "this chat is over: request a new one");
    }

    static GmsRefusal noChatServer() {
        return new GmsRefusal(DO_NOT_RETRY, true, 12, "no chat server is available: try again later");
    }

    int statusCode() {
        return statusCode;
    }

    boolean chatEnded() {
        return chatEnded;
    }

    int code() {
        return code;
    }

    String advice() {
        return advice;
    }
}
