package io.undertone.webapp.store;

/**
 * Which upstream of a route a session was begun by.
 *
 * @param route its path
 * @param name what requests call the session, hashed: a cookie is a secret
 * @param upstream its URL as it was configured
 */
public record StoredSession(String route, String name, String upstream) {}
