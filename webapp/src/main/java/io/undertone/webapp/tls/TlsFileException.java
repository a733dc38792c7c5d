package io.undertone.webapp.tls;

import java.nio.file.Path;

/** A file of keys or certificates that cannot be used. The message names the file and the mend, and shows no secret. */
public final class TlsFileException extends Exception {
    private static final long serialVersionUID = 1L;

    TlsFileException(Path file, String what) {
        super(file + " " + what);
    }
}
