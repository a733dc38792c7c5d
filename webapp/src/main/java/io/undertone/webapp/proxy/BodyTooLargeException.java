package io.undertone.webapp.proxy;

import java.io.IOException;

/** A request's body is longer than its route takes. */
final class BodyTooLargeException extends IOException {
    private static final long serialVersionUID = 1L;

    BodyTooLargeException(long mostBytes) {
        super("the body is longer than " + mostBytes + " bytes");
    }
}
