package io.undertone.webapp.proxy;

import java.io.IOException;

/** A request's body comes more slowly than this server waits for. */
final class SlowBodyException extends IOException {
    private static final long serialVersionUID = 1L;

    SlowBodyException() {
        super("the body comes too slowly");
    }
}
