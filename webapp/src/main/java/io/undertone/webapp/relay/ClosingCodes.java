package io.undertone.webapp.relay;

/** Why a socket was closed (RFC 6455 section 7.4 and its IANA registry), as far as the relay has a word in it. */
final class ClosingCodes {
    static final int NORMAL = 1000;
    static final int GOING_AWAY = 1001;
    /** Never on the wire: the peer closed and did not say why. */
    static final int NONE = 1005;
    /** Never on the wire: the connection broke. */
    static final int ABNORMAL = 1006;

    static final int TOO_BIG = 1009;
    static final int SERVER_ERROR = 1011;

    private ClosingCodes() {}

    /**
     * What the customer is told. The Jakarta API can neither send a close without a code nor break a connection, so that
     * the first becomes a normal one and the second a server's error: clients connect anew after it.
     */
    static int toCustomer(int serverToProxyCode) {
        return switch (serverToProxyCode) {
            case NONE -> NORMAL;
            case ABNORMAL -> SERVER_ERROR;
            default -> serverToProxyCode;
        };
    }
}
