package io.undertone.webapp.config;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;

/** Says of a text that is not YAML where, why, and what to do. */
final class YamlMistake {
    /** As the parser writes it below each thing it says, from what was begun to what it met. */
    private static final Pattern PLACE = Pattern.compile("^ in .*, line (\\d+), column (\\d+)", Pattern.MULTILINE);

    /** What is meant for a value, most likely: a comment has a blank behind its #. */
    private static final Pattern COMMENT_FOR_VALUE = Pattern.compile("[:,\\[-]\\s+#\\S");

    private YamlMistake() {}

    static String told(String yaml, JacksonException syntax) {
        String message = String.valueOf(syntax.getOriginalMessage());
        // Between what the parser says stand its places and the lines that it quotes, and all of them begin with a
        // blank.
        String why = message.lines()
                .filter(line -> !line.isBlank() && line.charAt(0) != ' ')
                .collect(Collectors.joining(": "));
        return place(yaml, message, syntax.getLocation()) + "this is not YAML (" + why + "); mend it there"
                + hint(yaml);
    }

    /** Where it began, which may be far before where it did not go on; at the end of the text, where the last word stands. */
    private static String place(String yaml, String message, @Nullable TokenStreamLocation lastWord) {
        Matcher place = PLACE.matcher(message);
        if (place.find() && Integer.parseInt(place.group(1)) <= yaml.lines().count()) {
            return "line " + place.group(1) + ", column " + place.group(2) + ": ";
        }
        return lastWord == null ? "" : "line " + lastWord.getLineNr() + ", column " + lastWord.getColumnNr() + ": ";
    }

    private static String hint(String yaml) {
        List<String> lines = yaml.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            if (COMMENT_FOR_VALUE.matcher(lines.get(i)).find()) {
                return ". In line " + (i + 1) + " a # begins a comment: write the text in quotes if it is a part of it";
            }
        }
        return "";
    }
}
