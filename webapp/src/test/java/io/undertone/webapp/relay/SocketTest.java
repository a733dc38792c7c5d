package io.undertone.webapp.relay;

import io.undertone.webapp.Container;
import io.undertone.webapp.ProxyTest;
import io.undertone.webapp.UndertoneApplication;
import io.undertone.webapp.config.ConfigReader;
import io.undertone.webapp.config.UndertoneConfig;
import io.undertone.webapp.management.ManagementToken;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A scripted chat server, and Undertone before it. */
abstract class SocketTest extends ProxyTest {
    final ScriptedEndpoint server = new ScriptedEndpoint();
    private @Nullable UndertoneApplication application;

    /** Starts a chat server and returns its address. */
    URI startServer(Container container) throws Exception {
        return address(start(container, 1, server::deploy).port(), "ws");
    }

    /** Starts Undertone before an address, hiding {@code #u#} and returns where customers come in. */
    URI startProxy(Container container, URI upstream, String dialect, String more) throws Exception {
        String yaml = "routes: [{path: /, upstream: 'http://localhost:" + upstream.getPort() + "', dialect: " + dialect
                + "}]\nkeywords: [{text: '#u#'}]\n" + more;
        UndertoneConfig config = ConfigReader.parse(yaml, Map.of("UNDERTONE_MANAGEMENT_TOKEN", "t"));
        UndertoneApplication started = new UndertoneApplication(config, ManagementToken.obtain(config.management()));
        application = started;
        return address(start(container, 1, started::registerPublic).port(), "ws");
    }

    static URI address(int port, String scheme) {
        return URI.create(scheme + "://localhost:" + port + "/");
    }

    SocketClient.Talk open(SocketClient client, URI address, String path) throws Exception {
        return stopLater(client.open(address.resolve(path)));
    }

    UndertoneApplication application() {
        return Objects.requireNonNull(application);
    }

    double openSockets() {
        return application().meters().get("undertone.sockets.open").gauge().value();
    }

    double count(String name, String... tags) {
        return application().meters().counter(name, tags).count();
    }
}
