package io.undertone.server.command;

import io.undertone.server.jetty.UndertoneServer;
import io.undertone.webapp.UndertoneApplication;
import io.undertone.webapp.config.ConfigException;
import io.undertone.webapp.config.RouteConfig;
import io.undertone.webapp.config.UndertoneConfig;
import io.undertone.webapp.management.ManagementToken;
import io.undertone.webapp.tls.Identity;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Starts a server and tells whoever started it where it is. */
final class Launcher {
    private final PrintStream out;

    Launcher(PrintStream out) {
        this.out = out;
    }

    /**
     * Starts, and prints one line for each listener when it accepts connections, a token that was just made, and a word of
     * warning where nothing would be hidden.
     *
     * @param furnishing adds what only this start has, before anything listens
     * @throws ConfigException if it cannot start as it was told
     */
    UndertoneServer launch(UndertoneConfig config, Consumer<UndertoneApplication> furnishing) {
        requireRoutes(config, "name one in the file, or all by --upstream http://HOST:PORT");
        // A token that is made for a server that does not start would be told once, to nobody's use.
        UndertoneServer.checkFiles(config);
        UndertoneServer.checkAddresses(config);
        UndertoneApplication application = new UndertoneApplication(config, token(config));
        furnishing.accept(application);
        UndertoneServer server = UndertoneServer.start(config, application);
        if (config.hidesNothing()) {
            out.println("keywords    none: nothing will be hidden; name one by --keyword TEXT or in the file");
        }
        out.println(
                "public      " + address(config.listen().tls(), config.listen().host(), server.publicPort()) + "  -> "
                        + upstreams(config));
        out.println("management  "
                + address(config.management().tls(), config.management().host(), server.managementPort()));
        out.flush();
        return server;
    }

    /** Says how to look around; whoever runs a demonstration may read the token again at each start. */
    void tellDemo(UndertoneConfig config, UndertoneServer server) {
        String management =
                address(config.management().tls(), config.management().host(), server.managementPort());
        String customers = address(config.listen().tls(), config.listen().host(), server.publicPort());
        String token = config.management().token() == null ? token(config).reveal() : "$UNDERTONE_MANAGEMENT_TOKEN";
        out.println("""

                chat as a customer:    %s
                see the sandbox:       curl -H "Authorization: Bearer %s" %ssandbox
                ask about a chat:      curl -H "Authorization: Bearer %s" "%sapi/v1/probe?InteractionId=ID"
                crash a chat server:   curl -H "Authorization: Bearer %s" -X POST %ssandbox/chat-servers/ChatServer_A/crash
                stop:                  Ctrl-C""".formatted(customers, token, management, token, management, token, management));
        out.flush();
    }

    /**
     * @param mend how whoever runs the command can name a route
     * @throws ConfigException if there is nothing to stand before
     */
    static void requireRoutes(UndertoneConfig config, String mend) {
        if (config.routes().isEmpty()) {
            throw new ConfigException(List.of("routes: there is none; " + mend));
        }
    }

    private ManagementToken token(UndertoneConfig config) {
        try {
            ManagementToken token = ManagementToken.obtain(config.management());
            if (token.isNew()) {
                out.println("token       " + token.reveal() + "  (made now, kept in "
                        + config.management().tokenFile() + ")");
            }
            return token;
        } catch (IOException unusable) {
            throw new ConfigException(List.of(String.valueOf(unusable.getMessage())));
        }
    }

    private static String address(@Nullable Identity tls, String host, int port) {
        String reachable = host.equals("0.0.0.0") || host.equals("::") ? "localhost" : host;
        return (tls == null ? "http://" : "https://") + (reachable.contains(":") ? "[" + reachable + "]" : reachable)
                + ":" + port + "/";
    }

    private static String upstreams(UndertoneConfig config) {
        List<RouteConfig> routes = config.routes();
        if (routes.size() == 1 && routes.get(0).path().equals("/")) {
            return upstreams(routes.get(0));
        }
        return routes.stream()
                .map(route -> route.path() + " " + upstreams(route))
                .collect(Collectors.joining(", "));
    }

    private static String upstreams(RouteConfig route) {
        return route.upstreams().stream().map(URI::toString).collect(Collectors.joining(" or "));
    }
}
