package io.undertone.server.jetty;

import io.micrometer.core.instrument.MeterRegistry;
import io.undertone.webapp.config.ConfigException;
import io.undertone.webapp.config.UndertoneConfig;
import io.undertone.webapp.reload.FileWatch;
import io.undertone.webapp.tls.Identity;
import io.undertone.webapp.tls.TlsFileException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;

/** The TLS of one listener. New files are taken over for new connections; those that are open go on. */
final class ListenerTls implements AutoCloseable {
    private final SslContextFactory.Server factory;
    private final FileWatch watch;

    /** @throws ConfigException if the files cannot be used; it names them and the mend */
    ListenerTls(String listener, Identity identity, MeterRegistry meters) {
        factory = new SslContextFactory.Server();
        factory.setKeyStore(load(listener, identity));
        factory.setKeyStorePassword(Identity.KEY_PASSWORD);
        watch = FileWatch.start(
                listener + ".tls",
                identity.files(),
                () -> {
                    KeyStore usable = identity.load();
                    factory.reload(tls -> tls.setKeyStore(usable));
                },
                meters);
    }

    SslContextFactory.Server factory() {
        return factory;
    }

    /**
     * Reads the files of both listeners, and leaves them.
     *
     * @throws ConfigException if there is anything wrong with them
     */
    static void check(UndertoneConfig config) {
        List<String> errors = new ArrayList<>();
        check("listen", config.listen().tls(), errors);
        check("management", config.management().tls(), errors);
        if (!errors.isEmpty()) {
            throw new ConfigException(errors);
        }
    }

    private static void check(String listener, @Nullable Identity identity, List<String> errors) {
        if (identity != null) {
            try {
                load(listener, identity);
            } catch (ConfigException unusable) {
                errors.addAll(unusable.errors());
            }
        }
    }

    private static KeyStore load(String listener, Identity identity) {
        try {
            return identity.load();
        } catch (TlsFileException unusable) {
            throw new ConfigException(List.of(listener + ".tls: " + unusable.getMessage()));
        }
    }

    @Override
    public void close() {
        watch.close();
    }
}
