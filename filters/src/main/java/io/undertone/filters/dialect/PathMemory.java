package io.undertone.filters.dialect;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * What was found out about requests' paths, as customers ask under the same few again and again. Long paths are found out
 * about each time, and all are forgotten when there are too many, so that nobody fills the memory. Thread-safe.
 */
final class PathMemory<T> {
    private static final int MOST = 10_000;
    private static final int LONGEST = 200;

    private final Map<String, T> found = new ConcurrentHashMap<>();
    private final Function<String, T> find;

    /** @param find pure; never answers null */
    PathMemory(Function<String, T> find) {
        this.find = find;
    }

    T of(String path) {
        T known = found.get(path);
        if (known != null) {
            return known;
        }
        T fresh = find.apply(path);
        if (path.length() <= LONGEST) {
            if (found.size() >= MOST) {
                found.clear();
            }
            found.put(path, fresh);
        }
        return fresh;
    }
}
