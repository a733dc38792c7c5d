package io.undertone.webapp.config;

import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code transport} of the probe section, and what belongs to it. */
final class TransportReader {
    private static final Pattern ENDPOINT = Pattern.compile("([^:\\s]+|\\[[0-9A-Fa-f:.]+]):(\\d{1,5})");
    private static final List<String> OWN_SECTIONS = List.of("template", "psdk");
    private static final String METHOD_NAME = "[A-Za-z_$][\\w$]*";

    private TransportReader() {}

    /** Returns what was read, null when nothing is sent. */
    static @Nullable TransportConfig read(Section probe) {
        String transport =
                probe.value("transport", "http", text -> Values.spelled(text, "http", "template", "psdk", "reported"));
        Optional<URI> url = probe.optional("url", text -> Values.httpUrl(text, "http://HOST:PORT/PATH"));
        Map<String, Section> sections = new LinkedHashMap<>();
        for (String name : OWN_SECTIONS) {
            if (name.equals(transport) || probe.has(name)) {
                sections.put(name, probe.section(name));
            }
        }
        refuseWhatIsNotRead(probe, transport, sections);
        return switch (transport) {
            case "template" ->
                TemplateReader.read(required(sections, transport)).orElse(null);
            case "psdk" -> psdk(required(sections, transport)).orElse(null);
            case "reported" -> new TransportConfig.Reported();
            default -> url.map(TransportConfig.Http::new).orElse(null);
        };
    }

    private static Section required(Map<String, Section> sections, String transport) {
        return Objects.requireNonNull(sections.get(transport));
    }

    private static void refuseWhatIsNotRead(Section probe, String transport, Map<String, Section> sections) {
        String beside = "stands beside 'transport: " + transport + "', which does not read it; ";
        sections.keySet().stream()
                .filter(name -> !name.equals(transport))
                .forEach(name -> probe.error(name, beside + "leave it out, or write 'transport: " + name + "'"));
        if (!transport.equals("http") && probe.has("url")) {
            probe.error("url", beside + "leave it out, or write 'transport: http'");
        }
    }

    private static Optional<TransportConfig.Psdk> psdk(Section section) {
        Optional<Path> jars = section.required("jars", "the directory with the SDK's jars", TransportReader::directory);
        List<InetSocketAddress> endpoints = section.values("endpoint", TransportReader::endpoint);
        if (!section.has("endpoint")) {
            section.error("endpoint", "is missing; write HOST:PORT of the interaction server, or a list of them");
        }
        TransportConfig.PsdkNames otherwise = TransportConfig.PsdkNames.DEFAULT;
        String clientName = section.text("clientName", "undertone");
        boolean tls = section.value("tls", false, Values::yesOrNo);
        TransportConfig.PsdkNames names = new TransportConfig.PsdkNames(
                section.text("interactionIdKey", otherwise.interactionIdKey()),
                section.integer("responseId", otherwise.responseId(), 0, 1_000_000),
                section.integer("faultId", otherwise.faultId(), 0, 1_000_000),
                section.integer("errorId", otherwise.errorId(), 0, 1_000_000),
                section.value("errorCodeMethod", otherwise.errorCodeMethod(), TransportReader::methodName));
        section.finish();
        if (names.responseId() == names.faultId()
                || names.responseId() == names.errorId()
                || names.faultId() == names.errorId()) {
            section.error("", "responseId, faultId and errorId are not three numbers; write each message's own");
        }
        return jars.isEmpty() || endpoints.isEmpty()
                ? Optional.empty()
                : Optional.of(new TransportConfig.Psdk(jars.get(), endpoints, clientName, tls, names));
    }

    private static Path directory(String text) {
        Path directory = Path.of(Values.notBlank(text));
        if (Files.isDirectory(directory)) {
            return directory;
        }
        throw new IllegalArgumentException(
                '"' + text + "\" is not a directory; name the one that holds the jars of the vendor's Platform SDK");
    }

    private static InetSocketAddress endpoint(String text) {
        Matcher matcher = ENDPOINT.matcher(text);
        if (matcher.matches()) {
            int port = Integer.parseInt(matcher.group(2));
            if (port >= 1 && port <= 65_535) {
                return InetSocketAddress.createUnresolved(matcher.group(1), port);
            }
        }
        throw new IllegalArgumentException('"' + text + "\" is no endpoint; write HOST:PORT");
    }

    private static String methodName(String text) {
        if (text.matches(METHOD_NAME)) {
            return text;
        }
        throw new IllegalArgumentException('"' + text + "\" is not the name of a Java method; write it without ()");
    }
}
