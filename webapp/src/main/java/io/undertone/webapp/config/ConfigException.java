package io.undertone.webapp.config;

import java.util.List;

/** A configuration that nothing may start from. Carries every error that was found, not just the first. */
public final class ConfigException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final List<String> errors;

    /** @param errors one line each: where, what is wrong, and what to write instead; at least one */
    public ConfigException(List<String> errors) {
        super(String.join("\n", errors));
        this.errors = List.copyOf(errors);
    }

    /** One line each, in the order of the file. */
    public List<String> errors() {
        return errors;
    }
}
