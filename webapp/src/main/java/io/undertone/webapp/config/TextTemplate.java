package io.undertone.webapp.config;

import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A text with placeholders in braces. Braces around anything but a bare name stand for themselves, as in JSON.
 *
 * @param text as it was written
 */
public record TextTemplate(String text) {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([A-Za-z]\\w*)}");

    /** @throws IllegalArgumentException if a name in braces is no placeholder; the message says which there are */
    public TextTemplate {
        names(text).map(Placeholder::named).forEach(known -> {});
    }

    private static Stream<String> names(String text) {
        return PLACEHOLDER.matcher(text).results().map(found -> found.group(1));
    }

    /** What it has to be filled with. */
    public Set<Placeholder> placeholders() {
        return names(text).map(Placeholder::named).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * The text with the values in their places. A value is never searched for placeholders.
     *
     * @param value gives each value as it is to stand there
     */
    public String fill(Function<Placeholder, String> value) {
        return PLACEHOLDER
                .matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(value.apply(Placeholder.named(found.group(1)))));
    }
}
