package io.undertone.webapp.config;

import io.undertone.filters.keyword.HiddenParticipant;
import io.undertone.filters.keyword.Keyword;
import io.undertone.filters.keyword.SenderKind;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Reads undertone.yaml and the environment into an {@link UndertoneConfig}. */
public final class ConfigReader {
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final Environment environment;
    private final List<String> errors = new ArrayList<>();
    private final DialectReader dialects = new DialectReader();

    private ConfigReader(Map<String, String> variables) {
        this.environment = new Environment(variables);
    }

    /**
     * Reads a file, overlaid with the environment.
     *
     * @param file null for the environment alone
     * @param variables the process's environment; those that begin with {@code UNDERTONE_} are values
     * @throws ConfigException if there is anything wrong with it
     */
    public static UndertoneConfig read(@Nullable Path file, Map<String, String> variables) {
        return parse(file == null ? "" : contentOf(file), variables);
    }

    /** As {@link #read}, from the text of a file. */
    public static UndertoneConfig parse(String yaml, Map<String, String> variables) {
        return new ConfigReader(variables).whole(tree(yaml));
    }

    /**
     * Variables that begin as ours do and stand for nothing, a line each: which, and what to do. One that is a slip away from
     * an option's is an error of {@link #read} already.
     *
     * @throws ConfigException as {@link #read} does
     */
    public static List<String> unknownVariables(@Nullable Path file, Map<String, String> variables) {
        ConfigReader reader = new ConfigReader(variables);
        reader.whole(tree(file == null ? "" : contentOf(file)));
        return reader.environment.unknown();
    }

    /** The file named by {@code UNDERTONE_CONFIG}, for a server that was not told another way. */
    public static Optional<Path> fileNamedBy(Map<String, String> variables) {
        return Optional.ofNullable(variables.get(Environment.CONFIG_FILE)).map(Path::of);
    }

    private UndertoneConfig whole(@Nullable JsonNode tree) {
        Section root = Section.root(tree, environment, errors);
        int configVersion = root.integer("configVersion", 1, 1, 1);
        ListenConfig listen = listen(root.section("listen"));
        ManagementConfig management = management(root.section("management"));
        root.list("dialects", dialects::listed);
        List<RouteConfig> routes = root.list("routes", new RouteReader(dialects::catalogue)::listed);
        List<Keyword> keywords = root.list("keywords", KeywordReader::listed);
        List<HiddenParticipant> participants = root.list("hiddenParticipants", ConfigReader::participant);
        ProbeConfig probe = ProbeReader.read(root.section("probe"));
        StoreConfig store = store(root.section("store"));
        DrainConfig drain = drain(root.section("drain"));
        WebSocketConfig webSocket = webSocket(root.section("webSocket"));
        root.finish();
        sameTwice(routes, RouteConfig::path, "routes", "path");
        sameTwice(keywords, Keyword::id, "keywords", "id");
        connectionsThatDiffer(routes);
        if (listen.port() != 0 && listen.port() == management.port()) {
            errors.add("management.port: " + management.port()
                    + " is the port of 'listen' too; customers and workflows need one each");
        }
        errors.addAll(environment.misspelled());
        if (!errors.isEmpty()) {
            throw new ConfigException(errors);
        }
        return new UndertoneConfig(
                configVersion,
                listen,
                management,
                dialects.catalogue(),
                routes,
                keywords,
                participants,
                probe,
                store,
                drain,
                webSocket);
    }

    private static ListenConfig listen(Section section) {
        ListenConfig otherwise = ListenConfig.DEFAULT;
        ListenConfig listen = new ListenConfig(
                section.text("host", otherwise.host()),
                section.integer("port", otherwise.port(), 0, 65_535),
                TlsReader.identity(section),
                limits(section.section("limits")),
                section.optional("accessLog", text -> Path.of(Values.notBlank(text)))
                        .orElse(null),
                section.values("trustedProxies", Values::addressRange),
                section.optional("requestRate", Values::rate).orElse(null));
        section.finish();
        return listen;
    }

    private static ManagementConfig management(Section section) {
        ManagementConfig otherwise = ManagementConfig.DEFAULT;
        ManagementConfig management = new ManagementConfig(
                section.text("host", otherwise.host()),
                section.integer("port", otherwise.port(), 0, 65_535),
                section.optional("token", Values::token).orElse(null),
                section.value("tokenFile", otherwise.tokenFile(), text -> Path.of(Values.notBlank(text))),
                TlsReader.identity(section),
                section.optional("probeRate", Values::rate).orElse(null));
        section.finish();
        return management;
    }

    private static LimitsConfig limits(Section section) {
        LimitsConfig otherwise = LimitsConfig.DEFAULT;
        LimitsConfig limits = new LimitsConfig(
                section.integer("connections", otherwise.connections(), 1, 1_000_000),
                section.integer("connectionsPerAddress", otherwise.connectionsPerAddress(), 0, 1_000_000),
                section.integer("headerBytes", otherwise.headerBytes(), 1_024, 1_048_576),
                section.integer("bodyBytesPerSecond", otherwise.bodyBytesPerSecond(), 0, 1_048_576),
                section.duration("idleTimeout", otherwise.idleTimeout()));
        section.finish();
        return limits;
    }

    private static DrainConfig drain(Section section) {
        DrainConfig otherwise = DrainConfig.DEFAULT;
        DrainConfig drain = new DrainConfig(
                section.value("delay", otherwise.delay(), Values::durationOrNone),
                section.duration("timeout", otherwise.timeout()));
        section.finish();
        return drain;
    }

    private static Optional<HiddenParticipant> participant(Section section) {
        Optional<String> nickname = section.required("nickname", "the name it joins under", Values::notBlank);
        SenderKind kind =
                section.oneOf("kind", SenderKind.EXTERNAL, "Client", "Agent", "Supervisor", "External", "System");
        return nickname.map(name -> new HiddenParticipant(name, kind));
    }

    private static StoreConfig store(Section section) {
        String url = section.value("url", StoreConfig.DEFAULT.url(), Values::jdbcUrl);
        String user = section.optional("user", Values::notBlank).orElse(null);
        Optional<String> password = section.optional("password", Values::notBlank);
        Optional<String> kept = section.optional("passwordFile", Values::secretFile);
        section.finish();
        if (section.has("password") && section.has("passwordFile")) {
            section.error("passwordFile", "stands beside 'password'; keep one of the two");
        }
        return new StoreConfig(url, user, password.or(() -> kept).orElse(null));
    }

    private static WebSocketConfig webSocket(Section section) {
        WebSocketConfig otherwise = WebSocketConfig.DEFAULT;
        WebSocketConfig webSocket = new WebSocketConfig(
                section.integer("maxMessageBytes", otherwise.maxMessageBytes(), 1, 100 << 20),
                section.duration("idleTimeout", otherwise.idleTimeout()));
        section.finish();
        return webSocket;
    }

    private <T> void sameTwice(List<T> entries, Function<T, String> value, String list, String key) {
        Set<String> seen = new HashSet<>();
        for (T entry : entries) {
            if (!value.apply(entry).isEmpty() && !seen.add(value.apply(entry))) {
                errors.add(list + ": two entries have the " + key + " \"" + value.apply(entry) + "\"; keep one");
            }
        }
    }

    /** A connection serves all routes to its server, so they have to agree on it. */
    private void connectionsThatDiffer(List<RouteConfig> routes) {
        Map<String, UpstreamConnection> byServer = new HashMap<>();
        for (RouteConfig route : routes) {
            for (URI upstream : route.upstreams()) {
                String server = upstream.getAuthority().toLowerCase(Locale.ROOT);
                UpstreamConnection first = byServer.putIfAbsent(server, route.connection());
                if (first != null && !first.equals(route.connection())) {
                    errors.add("routes: those to " + server + " differ in 'http2' or 'tls'; write the same for each");
                }
            }
        }
    }

    private static String contentOf(Path file) {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException missing) {
            throw unreadable(file, "does not exist; name a file that does");
        } catch (AccessDeniedException denied) {
            throw unreadable(file, "may not be read by this user; change its permissions");
        } catch (MalformedInputException binary) {
            throw unreadable(file, "is not text in UTF-8; save it as such");
        } catch (IOException failure) {
            throw unreadable(file, "cannot be read: " + failure.getMessage() + "; name a readable file");
        }
    }

    private static ConfigException unreadable(Path file, String what) {
        return new ConfigException(List.of(file + " " + what));
    }

    private static @Nullable JsonNode tree(String yaml) {
        try {
            JsonNode tree = YAML.readTree(yaml);
            return tree.isMissingNode() ? null : tree;
        } catch (JacksonException syntax) {
            throw new ConfigException(List.of(YamlMistake.told(yaml, syntax)));
        }
    }
}
