package io.undertone.server.drill;

/**
 * One chat of the drill.
 *
 * @param number counts the customers, from 0
 * @param id the interaction, which is also the chat session
 */
record Chat(int number, String id, Persona persona) {}
