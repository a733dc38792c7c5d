package io.undertone.filters.servlet;

import io.undertone.filters.dialect.Dialect;
import io.undertone.filters.keyword.Audience;
import io.undertone.filters.payload.OnUnreadable;

/** How the replies to one request are judged. */
public record VeilRoute(Dialect dialect, Audience audience, OnUnreadable onUnreadable) {}
