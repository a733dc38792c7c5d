package io.undertone.webapp.proxy;

import java.io.IOException;

/** The client's request broke off: malformed, cut short, or too slow. */
final class ClientFailedException extends IOException {
    private static final long serialVersionUID = 1L;

    ClientFailedException(Throwable cause) {
        super("the client's request broke off", cause);
    }
}
