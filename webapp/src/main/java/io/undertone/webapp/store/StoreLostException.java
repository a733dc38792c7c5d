package io.undertone.webapp.store;

/** The store cannot be reached now; whoever asks goes on with what is in memory. */
public final class StoreLostException extends Exception {
    private static final long serialVersionUID = 1L;

    StoreLostException(String why) {
        super(why);
    }
}
