package io.undertone.webapp.probe;

/**
 * One probe sent.
 *
 * @param interaction what was known just before
 * @param outcome how the request ended
 */
record Attempt(Interaction interaction, EspOutcome outcome) {

    /** Whether the server of that name, known to be the owner at the time, did not know the session. */
    boolean notFoundBy(String chatServerAppName) {
        return interaction.current()
                && chatServerAppName.equals(interaction.chatServerAppName())
                && outcome instanceof EspOutcome.Fault fault
                && fault.interactionNotFound();
    }
}
