package io.undertone.filters.dialect;

/** Where messages stand in a payload, and how to take one out. */
public record Dialect(String name) {}
