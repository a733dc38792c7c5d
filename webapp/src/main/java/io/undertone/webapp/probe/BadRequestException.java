package io.undertone.webapp.probe;

import io.undertone.webapp.Problem;

/** The caller's mistake, with the problem document that says how to mend it. */
final class BadRequestException extends Exception {
    private final transient Problem problem;

    BadRequestException(int status, String title, String detail) {
        super(detail);
        problem = new Problem(status, title, detail);
    }

    Problem problem() {
        return problem;
    }
}
