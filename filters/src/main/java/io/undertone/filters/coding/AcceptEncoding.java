package io.undertone.filters.coding;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The codings that a client accepts: its {@code Accept-Encoding} (RFC 9110 section 12.5.3). Immutable. */
public final class AcceptEncoding {
    private static final String ANY = "*";

    /** What follows each name as it was written, such as {@code ;q=0.5}, by the name in lower case. */
    private final Map<String, String> parameters = new LinkedHashMap<>();

    private final String readable;

    /** @param values of the header's fields; none for a client that asked for nothing, which gets the identity */
    public AcceptEncoding(List<String> values) {
        for (String item : String.join(",", values).split(",", -1)) {
            int semicolon = item.indexOf(';');
            String name = (semicolon < 0 ? item : item.substring(0, semicolon)).strip();
            if (!name.isEmpty()) {
                parameters.put(
                        name.toLowerCase(Locale.ROOT),
                        semicolon < 0 ? "" : item.substring(semicolon).strip());
            }
        }
        this.readable = readable(parameters);
    }

    /**
     * What to ask of a server whose reply is to be read on the way: the client's header without what cannot be read, the
     * identity if nothing is left.
     */
    public String readable() {
        return readable;
    }

    private static String readable(Map<String, String> parameters) {
        List<String> items = new ArrayList<>();
        parameters.forEach((name, its) -> {
            if (isReadable(name) || (name.equals(ANY) && weight(its) == 0)) {
                items.add(name + its);
            } else if (name.equals(ANY)) {
                unnamed(parameters).forEach(coding -> items.add(coding.token() + its));
            }
        });
        return items.isEmpty() ? ContentCoding.IDENTITY : String.join(", ", items);
    }

    private static boolean isReadable(String name) {
        return name.equals(ContentCoding.IDENTITY)
                || ContentCoding.named(name).filter(ContentCoding::isReadable).isPresent();
    }

    /** The readable codings that an asterisk stands for. */
    private static Stream<ContentCoding> unnamed(Map<String, String> parameters) {
        return Stream.of(ContentCoding.values())
                .filter(ContentCoding::isReadable)
                .filter(coding -> parametersOf(coding, parameters).isEmpty());
    }

    private static Optional<String> parametersOf(ContentCoding coding, Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .filter(entry -> ContentCoding.named(entry.getKey()).stream().anyMatch(coding::equals))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /**
     * The coding for a reply that was read on the way: the one that it had if possible, else gzip; empty, the identity, if
     * it had none or the client accepts neither.
     *
     * @param codings those that the reply had, in the order in which they were applied
     */
    public Optional<ContentCoding> codingFor(List<ContentCoding> codings) {
        return codings.isEmpty()
                ? Optional.empty()
                : Stream.of(codings.get(codings.size() - 1), ContentCoding.GZIP)
                        .filter(ContentCoding::isWritable)
                        .filter(this::accepts)
                        .findFirst();
    }

    private boolean accepts(ContentCoding coding) {
        return parametersOf(coding, parameters)
                .or(() -> Optional.ofNullable(parameters.get(ANY)))
                .filter(its -> weight(its) > 0)
                .isPresent();
    }

    /** From 0, not acceptable, to 1; a weight that is not a number makes nothing acceptable. */
    private static double weight(String parameters) {
        for (String parameter : parameters.split(";", -1)) {
            String[] nameAndValue = parameter.split("=", 2);
            if (nameAndValue.length == 2 && nameAndValue[0].strip().equalsIgnoreCase("q")) {
                try {
                    return Double.parseDouble(nameAndValue[1].strip());
                } catch (NumberFormatException e) {
                    return 0;
                }
            }
        }
        return 1;
    }
}
