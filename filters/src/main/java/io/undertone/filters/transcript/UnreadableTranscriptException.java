package io.undertone.filters.transcript;

import java.io.IOException;

/**
 * A transcript cannot be judged: it is malformed, not what it says it is, or has a keyword where no event could be taken
 * out. What was written of it before is worth nothing and must not be used.
 */
public final class UnreadableTranscriptException extends IOException {
    private final int line;
    private final int column;

    /**
     * @param line where the trouble stands, from 1
     * @param column where in that line, from 1
     * @param what what is wrong there, and what to do if that is not plain
     */
    UnreadableTranscriptException(int line, int column, String what) {
        super("line " + line + ", column " + column + ": " + what);
        this.line = line;
        this.column = column;
    }

    /** The line of the trouble, from 1. */
    public int line() {
        return line;
    }

    /**
     * The column of the trouble, from 1. In JSON it is that of the piece (4 KiB or one line, whichever ends first) in which
     * the trouble came up.
     */
    public int column() {
        return column;
    }
}
