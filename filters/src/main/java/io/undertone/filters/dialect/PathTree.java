package io.undertone.filters.dialect;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Places in a JSON document and what stands there, to be walked along with the document. A path is written as in
 * {@code data.messages}, {@code [*].data.messages} or {@code [4]}; {@code *} is any member. Immutable once built; safe for
 * any number of threads.
 *
 * @param <V> what a place is marked with
 */
public final class PathTree<V> {
    private static final Pattern STEP = Pattern.compile("\\.?([^.\\[\\]]+)|\\[(\\*|[0-9]{1,9})]");
    private static final String ANY = "*";
    private static final int ANY_INDEX = -1;

    private static final byte[] NO_NAME = {};

    /** In UTF-8, of a member. */
    private final byte[] name;

    private final Map<String, PathTree<V>> members = new HashMap<>();
    private final List<PathTree<V>> named = new ArrayList<>();
    /** Of each that is {@link #named}: most names differ in it. */
    private int[] traits = {};

    private final Map<Integer, PathTree<V>> elements = new HashMap<>();
    private @Nullable V mark;

    private PathTree(byte[] name) {
        this.name = name;
    }

    /**
     * Builds a tree.
     *
     * @param marks a mark for each path
     * @throws IllegalArgumentException if a path is none
     */
    public static <V> PathTree<V> of(Map<String, V> marks) {
        PathTree<V> root = new PathTree<>(NO_NAME);
        marks.forEach((path, mark) -> {
            PathTree<V> place = root;
            for (String step : steps(path)) {
                place = place.grow(step);
            }
            place.mark = mark;
        });
        return root;
    }

    /** Splits a path into names, {@code [*]} and {@code [n]}; the empty path has no steps. */
    private static List<String> steps(String path) {
        List<String> steps = new ArrayList<>();
        Matcher matcher = STEP.matcher(path);
        int end = 0;
        while (end < path.length() && matcher.find(end) && matcher.start() == end) {
            steps.add(matcher.group(1) != null ? matcher.group(1) : "[" + matcher.group(2) + "]");
            end = matcher.end();
        }
        if (end < path.length()) {
            throw new IllegalArgumentException(
                    "'" + path + "' is no path: write names and indexes, as in [*].data.messages or from.type");
        }
        return steps;
    }

    private PathTree<V> grow(String step) {
        if (!step.startsWith("[")) {
            return growMember(step);
        }
        String index = step.substring(1, step.length() - 1);
        return growElement(index.equals(ANY) ? ANY_INDEX : Integer.parseInt(index));
    }

    private PathTree<V> growMember(String step) {
        return members.computeIfAbsent(step, name -> {
            PathTree<V> place = new PathTree<>(name.getBytes(StandardCharsets.UTF_8));
            named.add(place);
            traits = Arrays.copyOf(traits, named.size());
            traits[named.size() - 1] = trait(place.name, 0, place.name.length);
            return place;
        });
    }

    private PathTree<V> growElement(int index) {
        return elements.computeIfAbsent(index, i -> new PathTree<>(NO_NAME));
    }

    /**
     * The tree that leads wherever one of two leads.
     *
     * @param marks makes a mark of those that the two have at a place, null for none
     */
    static <A, B, V> PathTree<V> joined(
            PathTree<A> one, PathTree<B> other, BiFunction<@Nullable A, @Nullable B, @Nullable V> marks) {
        PathTree<V> root = new PathTree<>(NO_NAME);
        root.join(one, other, marks);
        return root;
    }

    private <A, B> void join(
            PathTree<A> one, PathTree<B> other, BiFunction<@Nullable A, @Nullable B, @Nullable V> marks) {
        mark = marks.apply(one.mark, other.mark);
        keys(one.members, other.members)
                .forEach(step -> growMember(step).join(there(one.member(step)), there(other.member(step)), marks));
        keys(one.elements, other.elements).forEach(index -> growElement(index)
                .join(there(one.element(index)), there(other.element(index)), marks));
    }

    private static <K> Set<K> keys(Map<K, ?> one, Map<K, ?> other) {
        Set<K> keys = new LinkedHashSet<>(one.keySet());
        keys.addAll(other.keySet());
        return keys;
    }

    private static <V> PathTree<V> there(@Nullable PathTree<V> place) {
        return place == null ? new PathTree<>(NO_NAME) : place;
    }

    /** What this place is marked with. */
    public Optional<V> mark() {
        return Optional.ofNullable(mark);
    }

    /** Whether a path leads on through an object's members. */
    public boolean hasMembers() {
        return !members.isEmpty();
    }

    /** The place of an object's member, null where no path leads. */
    public @Nullable PathTree<V> member(String name) {
        PathTree<V> member = members.get(name);
        return member != null ? member : members.get(ANY);
    }

    /** As {@link #member(String)}, of a name that stands in bytes as it is, with no escape. */
    public @Nullable PathTree<V> member(byte[] bytes, int from, int to) {
        int trait = trait(bytes, from, to);
        for (int i = 0; i < traits.length; i++) {
            if (traits[i] == trait && Arrays.equals(named.get(i).name, 0, named.get(i).name.length, bytes, from, to)) {
                return named.get(i);
            }
        }
        return members.get(ANY);
    }

    /** A name's length, and its first and last byte. */
    private static int trait(byte[] bytes, int from, int to) {
        return from == to
                ? 0
                : ((to - from) << Short.SIZE) | ((bytes[from] & 0xFF) << Byte.SIZE) | (bytes[to - 1] & 0xFF);
    }

    /** The place of an array's element, null where no path leads. */
    public @Nullable PathTree<V> element(int index) {
        PathTree<V> element = elements.get(index);
        return element != null ? element : elements.get(ANY_INDEX);
    }
}
