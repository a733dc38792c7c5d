package io.undertone.server.load;

import io.undertone.server.command.Undertone;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is measured side by side. */
enum Contender {
    DIRECT("the upstream, no proxy", false, false),
    NGINX("nginx, plain proxy", false, true),
    NGINX_LUA("nginx, a Lua filter with cjson", true, false),
    UNFILTERED("Undertone's proxy, no filter", false, false),
    FILTERING("Undertone, filtering", true, true),
    TRANSFORMER("Jetty AsyncMiddleManServlet, Jackson tree", true, false),
    SPRING("Spring Cloud Gateway, modifyResponseBody, Jackson tree", true, false);

    /** One that is hidden, and nine that are in no message. */
    static final List<String> KEYWORDS = List.of(
            Payload.KEYWORD,
            "#coach#",
            "#whisper#",
            "zanzibar",
            "kumquat",
            "xylophone",
            "quokka",
            "ytterbium",
            "fjord",
            "juniper");

    private final String meaning;
    private final boolean hides;
    private final boolean isRelay;

    Contender(String meaning, boolean hides, boolean isRelay) {
        this.meaning = meaning;
        this.hides = hides;
        this.isRelay = isRelay;
    }

    String meaning() {
        return meaning;
    }

    /** Whether customers wait in it, polling or, where it relays them, on WebSockets. */
    boolean holds(Crowd.Waiting waiting) {
        return this != DIRECT && (isRelay || waiting == Crowd.Waiting.POLL);
    }

    /** Whether it needs time before it is as fast as it gets. */
    boolean isJvm() {
        return this != DIRECT && this != NGINX && this != NGINX_LUA;
    }

    /** What it lets a customer see. */
    byte[] expected(Payload payload) {
        return hides ? payload.visible() : payload.whole();
    }

    /** Whether it leaves every byte as it is that it does not take out. */
    boolean isExact() {
        return this != NGINX_LUA;
    }

    /**
     * Why it cannot take part, empty if it can.
     *
     * @param directory for what it takes to find out
     */
    Optional<String> missing(Path directory) throws IOException {
        return switch (this) {
            case NGINX -> Nginx.isHere() ? Optional.empty() : Optional.of("skipped: there is no nginx on the PATH");
            case NGINX_LUA ->
                Nginx.hasLua(directory)
                        ? Optional.empty()
                        : Optional.of("skipped: there is no nginx with the Lua module and lua-cjson (on Debian:"
                                + " apt-get install libnginx-mod-http-lua lua-cjson)");
            case SPRING ->
                Spring.isHere()
                        ? Optional.empty()
                        : Optional.of("skipped: its jars were not copied"
                                + " (to see why: mvn -f server/src/test/spring/pom.xml package)");
            default -> Optional.empty();
        };
    }

    /**
     * Starts it before the origin, or takes the origin for {@link #DIRECT}.
     *
     * @param directory for its files and its log
     */
    Candidate start(int originPort, Path directory, List<String> jvmFlags) throws IOException {
        if (this == DIRECT) {
            return new Candidate(this, null, originPort, 0);
        }
        int port = freePort();
        int managementPort = this == FILTERING ? freePort() : 0;
        String upstream = "http://127.0.0.1:" + originPort;
        String number = Integer.toString(port);
        Path log = directory.resolve(name() + ".log");
        List<String> command =
                switch (this) {
                    case DIRECT, NGINX -> List.of("nginx", "-c", Nginx.plain(originPort, port, directory));
                    case NGINX_LUA -> List.of("nginx", "-c", Nginx.filtering(originPort, port, directory));
                    case UNFILTERED, TRANSFORMER -> java(jvmFlags, OtherProxies.class, name(), number, upstream);
                    case FILTERING ->
                        java(
                                jvmFlags,
                                Undertone.class,
                                "serve",
                                "--config=" + KeywordFile.write(directory, KEYWORDS),
                                "--port=" + number,
                                "--management-port=" + managementPort,
                                "--upstream=" + upstream);
                    case SPRING -> java(jvmFlags, Spring.CLASS_PATH, Spring.SOURCE, Spring.arguments(port, upstream));
                };
        ProxyProcess process = ProxyProcess.start(command, isJvm(), environment(directory), port, log);
        return new Candidate(this, process, port, managementPort);
    }

    /** Where Undertone keeps what a workflow has to say to it. */
    static Path tokenFile(Path directory) {
        return directory.resolve("token");
    }

    private static Map<String, String> environment(Path directory) {
        return Map.of(
                "UNDERTONE_MANAGEMENT_TOKEN_FILE",
                tokenFile(directory).toString(),
                "UNDERTONE_STORE_URL",
                "jdbc:h2:file:" + directory.resolve("store"));
    }

    private static List<String> java(List<String> flags, Class<?> main, String... arguments) {
        return java(flags, System.getProperty("java.class.path"), main.getName(), List.of(arguments));
    }

    /** @param main a class, or a source file */
    private static List<String> java(List<String> flags, String classPath, String main, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.addAll(List.of("-cp", classPath, main));
        command.addAll(arguments);
        return command;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
