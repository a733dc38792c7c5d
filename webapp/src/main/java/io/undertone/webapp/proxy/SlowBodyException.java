package io.undertone.webapp.proxy;

import java.io.IOException;

/** A client sends a request's body, or takes a reply, more slowly than this server waits for. */
final class SlowBodyException extends IOException {
    private static final long serialVersionUID = 1L;

    SlowBodyException(String how) {
        super(how);
    }
}
