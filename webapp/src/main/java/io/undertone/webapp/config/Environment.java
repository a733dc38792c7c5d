package io.undertone.webapp.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The environment variables that stand for values of the file. The name follows from the path, so that an option needs
 * nothing more to have one: {@code routes[0].onUnreadable} is {@code UNDERTONE_ROUTES_0_ON_UNREADABLE}.
 */
final class Environment {
    private static final String PREFIX = "UNDERTONE_";
    /** The name of the file itself; not a value of it. */
    static final String CONFIG_FILE = "UNDERTONE_CONFIG";

    private static final Pattern WORD_IN_NAME = Pattern.compile("([a-z])([A-Z])");
    private static final Pattern INDEX = Pattern.compile("\\[(\\d+)]");

    private final Map<String, String> variables = new TreeMap<>();
    private final Set<String> known = new TreeSet<>();

    Environment(Map<String, String> variables) {
        variables.forEach((name, value) -> {
            if (name.startsWith(PREFIX) && !name.equals(CONFIG_FILE)) {
                this.variables.put(name, value);
            }
        });
    }

    static String nameOf(String path) {
        String words = WORD_IN_NAME.matcher(path).replaceAll("$1_$2");
        return PREFIX + INDEX.matcher(words).replaceAll("_$1").replace('.', '_').toUpperCase(Locale.ROOT);
    }

    Optional<String> valueAt(String path) {
        String name = nameOf(path);
        known.add(name);
        return Optional.ofNullable(variables.get(name));
    }

    /** Whether any variable stands for the value at a path, or for one below it. */
    boolean reaches(String path) {
        String name = nameOf(path);
        return variables.keySet().stream()
                .anyMatch(variable -> variable.equals(name) || variable.startsWith(name + "_"));
    }

    /** The first variable that stands for an entry of a list behind its end, which no reading of the list comes to. */
    Optional<String> behind(String listPath, int end) {
        Pattern entry = Pattern.compile(Pattern.quote(nameOf(listPath)) + "_(\\d{1,9})(_.*)?");
        List<String> unreached = variables.keySet().stream()
                .filter(name -> {
                    Matcher matcher = entry.matcher(name);
                    return matcher.matches() && Integer.parseInt(matcher.group(1)) >= end;
                })
                .toList();
        // They are spelled well: what is wrong with them is said once, and not a second time as a slip.
        known.addAll(unreached);
        return unreached.stream().findFirst();
    }

    /**
     * Variables that nobody asked for but whose names are a slip away from one that was. Others are left alone: a
     * cluster sets names such as {@code UNDERTONE_SERVICE_HOST} for reasons of its own.
     */
    List<String> misspelled() {
        List<String> errors = new ArrayList<>();
        for (String name : variables.keySet()) {
            if (!known.contains(name)) {
                Spelling.nearest(name, known)
                        .ifPresent(near -> errors.add(name + " is not an option; did you mean " + near + "?"));
            }
        }
        errors.sort(Comparator.naturalOrder());
        return errors;
    }
}
