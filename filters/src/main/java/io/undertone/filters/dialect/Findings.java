package io.undertone.filters.dialect;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * What was found out about texts that come again and again, such as requests' paths and types of content. Long ones are found
 * out about each time, and all are forgotten when there are too many, so that nobody fills the memory. Thread-safe.
 */
public final class Findings<T> {
    private static final int MOST = 10_000;
    private static final int LONGEST = 200;

    private final Map<String, T> found = new ConcurrentHashMap<>();
    private final Function<String, T> find;

    /** @param find pure; never answers null */
    public Findings(Function<String, T> find) {
        this.find = find;
    }

    /** What is found out about a text. */
    public T of(String text) {
        T known = found.get(text);
        if (known != null) {
            return known;
        }
        T fresh = find.apply(text);
        if (text.length() <= LONGEST) {
            if (found.size() >= MOST) {
                found.clear();
            }
            found.put(text, fresh);
        }
        return fresh;
    }
}
