package io.undertone.webapp.war;

import io.undertone.webapp.UndertoneApplication;
import io.undertone.webapp.config.ConfigException;
import io.undertone.webapp.config.ConfigReader;
import io.undertone.webapp.config.UndertoneConfig;
import io.undertone.webapp.management.ManagementToken;
import io.undertone.webapp.management.Readiness;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts Undertone in a container of somebody else's. Only the WAR's own {@code web.xml} names it. The file is the one
 * that the context parameter {@code UNDERTONE_CONFIG} names, else the environment variable of that name.
 *
 * <p>The management side is at {@value #MANAGEMENT_PREFIX}, for requests that come in on a connector that listens on
 * {@code management.port}; on all other connectors there is nothing there.
 */
public final class WarListener implements ServletContextListener {
    /** What every path of the management side begins with. */
    public static final String MANAGEMENT_PREFIX = "/undertone";

    private static final Logger LOG = LoggerFactory.getLogger(WarListener.class);
    private static final String CONFIG = "UNDERTONE_CONFIG";

    private final Map<String, String> environment;
    private @Nullable UndertoneApplication application;

    /** What the container makes. */
    public WarListener() {
        this(System.getenv());
    }

    WarListener(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public void contextInitialized(ServletContextEvent event) {
        ServletContext context = event.getServletContext();
        UndertoneConfig config = config(context);
        ConfigReader.unknownVariables(file(context).orElse(null), environment).forEach(LOG::warn);
        FilterRegistration.Dynamic gate = context.addFilter(
                "ports", new PortGate(MANAGEMENT_PREFIX, config.management().port()));
        gate.setAsyncSupported(true);
        gate.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*");
        UndertoneApplication started = new UndertoneApplication(config, token(config, context));
        // First of all: containers tell a listener of the end whose beginning failed.
        application = started;
        file(context).ifPresent(file -> started.follow(file, () -> config(context)));
        started.registerPublic(context);
        started.registerManagement(context, MANAGEMENT_PREFIX);
        started.readiness().become(Readiness.State.READY);
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        if (application != null) {
            application.drain();
            application.close();
        }
        deregisterDriversOf(event.getServletContext().getClassLoader());
    }

    /** The JDK would hold them, and with them all classes of an application that is gone. */
    private static void deregisterDriversOf(ClassLoader application) {
        DriverManager.drivers()
                .filter(driver -> driver.getClass().getClassLoader() == application)
                .forEach(WarListener::deregister);
    }

    private static void deregister(Driver driver) {
        try {
            DriverManager.deregisterDriver(driver);
        } catch (SQLException refused) {
            throw new IllegalStateException("a driver of our own cannot be deregistered", refused);
        }
    }

    private UndertoneConfig config(ServletContext context) {
        UndertoneConfig config = ConfigReader.read(file(context).orElse(null), environment);
        if (config.routes().isEmpty()) {
            throw new ConfigException(List.of("routes: there is none; name the file with one by " + CONFIG));
        }
        return config;
    }

    private Optional<Path> file(ServletContext context) {
        return Optional.ofNullable(context.getInitParameter(CONFIG))
                .map(Path::of)
                .or(() -> ConfigReader.fileNamedBy(environment));
    }

    private static ManagementToken token(UndertoneConfig config, ServletContext context) {
        try {
            ManagementToken token = ManagementToken.obtain(config.management());
            if (token.isNew()) {
                // Logs are read by many: they learn where it is, not what it is.
                context.log("a management token was made; it is in "
                        + config.management().tokenFile().toAbsolutePath());
            }
            return token;
        } catch (IOException unusable) {
            throw new ConfigException(List.of(String.valueOf(unusable.getMessage())));
        }
    }
}
