package io.undertone.server.sandbox;

/** A chat server does not accept an ESP request. */
final class EspFaultException extends RuntimeException {
    private final String code;
    private final String text;

    EspFaultException(String code, String text) {
        super(text, null, false, false);
        this.code = code;
        this.text = text;
    }

    /** The {@code FaultCode}. */
    String code() {
        return code;
    }

    /** The {@code FaultString}. */
    String text() {
        return text;
    }
}
