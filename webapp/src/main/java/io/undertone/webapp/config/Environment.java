package io.undertone.webapp.config;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

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
    private static final Pattern ENTRY = Pattern.compile("(.+?)_(\\d.*)");

    private final Map<String, String> variables = new TreeMap<>();
    private final Set<String> known = new TreeSet<>(Set.of(CONFIG_FILE));
    private final Set<String> lists = new TreeSet<>();
    private final Map<String, String> mappings = new TreeMap<>();

    Environment(Map<String, String> variables) {
        variables.forEach((name, value) -> {
            if (name.startsWith(PREFIX) && !ServiceLinks.isOne(name, value, variables)) {
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
        lists.add(nameOf(listPath));
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

    /** Notes a mapping whose keys the file chooses: a variable changes the value of a key, and adds none. */
    void changesOnly(String mappingPath) {
        mappings.put(nameOf(mappingPath) + "_", mappingPath);
    }

    /** Variables that nobody asked for but whose names are a slip away from one that was. */
    List<String> misspelled() {
        return unread().flatMap(name -> Spelling.nearest(name, known).stream()
                        .map(near -> name + " is not an option; "
                                + didYouMean(entry(name).orElse(near))))
                .toList();
    }

    /**
     * All other variables that nobody asked for. They are no errors, as whoever runs this may have such names for reasons of
     * their own.
     */
    List<String> unknown() {
        return unread().filter(name -> Spelling.nearest(name, known).isEmpty())
                .map(name -> name + " is not an option, and changes nothing; " + mend(name))
                .toList();
    }

    private Stream<String> unread() {
        return variables.keySet().stream().filter(name -> !known.contains(name));
    }

    private String mend(String name) {
        return entry(name)
                .map(Environment::didYouMean)
                .or(() -> keyOfMapping(name))
                .orElse("mend its name, or leave it out");
    }

    /** The entry that was meant where the name of its list has a slip; its number is not one. */
    private Optional<String> entry(String name) {
        Matcher entry = ENTRY.matcher(name);
        return entry.matches() && !lists.contains(entry.group(1))
                ? Spelling.nearest(entry.group(1), lists).map(list -> list + "_" + entry.group(2))
                : Optional.empty();
    }

    private Optional<String> keyOfMapping(String name) {
        return mappings.entrySet().stream()
                .filter(mapping -> name.startsWith(mapping.getKey()))
                .findFirst()
                .map(mapping -> "write the key into '" + mapping.getValue() + "' of the file, with its value");
    }

    private static String didYouMean(String name) {
        return "did you mean " + name + "?";
    }
}
