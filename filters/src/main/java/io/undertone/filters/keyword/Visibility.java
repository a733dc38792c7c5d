package io.undertone.filters.keyword;

/**
 * Who may see a message, in the chat server's own terms ("Description of Chat Protocol Elements").
 */
public enum Visibility {
    /** Everyone, the customer included: conference mode. */
    ALL,
    /** Agents and supervisors: coaching mode. */
    INT,
    /** Supervisors only: monitoring mode. */
    VIP
}
