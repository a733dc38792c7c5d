package io.undertone.webapp.proxy;

/** An exchange is given up because this server stops; the upstream is not to blame. */
final class ServerStopsException extends Exception {
    private static final long serialVersionUID = 1L;

    ServerStopsException() {
        super("this server stops");
    }
}
