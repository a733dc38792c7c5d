package io.undertone.filters.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServlet;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.ErrorPage;
import org.eclipse.jetty.ee10.servlet.ErrorPageErrorHandler;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.IO;
import org.junit.jupiter.api.Assumptions;

/** A real servlet container with a filter and some servlets in it. */
interface Container extends AutoCloseable {
    enum Kind {
        JETTY,
        TOMCAT
    }

    /** Those on this class path: Tomcat 11 and Jetty's Servlet 6.0 do not go together, so that one runs by itself. */
    Set<Kind> AVAILABLE = Arrays.stream(
                    System.getProperty("undertone.containers", "JETTY,TOMCAT").split(","))
            .map(Kind::valueOf)
            .collect(Collectors.toUnmodifiableSet());

    URI uri();

    @Override
    void close() throws Exception;

    /** A servlet that is mapped to this path answers for every status of 500. */
    String ERROR_PAGE = "/error";

    // The servlets stand by the path that each is mapped to.
    static Container start(Kind kind, Filter filter, Map<String, HttpServlet> servlets) throws Exception {
        Assumptions.assumeTrue(AVAILABLE.contains(kind), kind + " is not on this class path");
        return kind == Kind.JETTY ? jetty(filter, servlets) : tomcat(filter, servlets);
    }

    private static void register(ServletContext context, Filter filter, Map<String, HttpServlet> servlets) {
        FilterRegistration.Dynamic veil = context.addFilter("veil", filter);
        veil.setAsyncSupported(true);
        veil.addMappingForUrlPatterns(
                EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.FORWARD, DispatcherType.ERROR),
                false,
                "/*");
        servlets.forEach((path, servlet) -> {
            ServletRegistration.Dynamic registration = context.addServlet(path, servlet);
            registration.setAsyncSupported(true);
            registration.addMapping(path);
        });
    }

    private static Container jetty(Filter filter, Map<String, HttpServlet> servlets) throws Exception {
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server);
        server.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler("/");
        context.addServletContainerInitializer((classes, servletContext) -> register(servletContext, filter, servlets));
        if (servlets.containsKey(ERROR_PAGE)) {
            ErrorPageErrorHandler errors = new ErrorPageErrorHandler();
            errors.addErrorPage(500, ERROR_PAGE);
            context.setErrorHandler(errors);
        }
        server.setHandler(context);
        server.start();
        return new Container() {
            @Override
            public URI uri() {
                return URI.create("http://localhost:" + connector.getLocalPort());
            }

            @Override
            public void close() throws Exception {
                server.stop();
            }
        };
    }

    private static Container tomcat(Filter filter, Map<String, HttpServlet> servlets) throws Exception {
        Tomcat tomcat = new Tomcat();
        Path base = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "tomcat");
        tomcat.setBaseDir(base.toString());
        tomcat.setPort(0);
        Context context = tomcat.addContext("", base.toString());
        context.addServletContainerInitializer(
                (classes, servletContext) -> register(servletContext, filter, servlets), null);
        if (servlets.containsKey(ERROR_PAGE)) {
            ErrorPage errorPage = new ErrorPage();
            errorPage.setErrorCode(500);
            errorPage.setLocation(ERROR_PAGE);
            context.addErrorPage(errorPage);
        }
        tomcat.getConnector();
        tomcat.start();
        return new Container() {
            @Override
            public URI uri() {
                return URI.create("http://localhost:" + tomcat.getConnector().getLocalPort());
            }

            @Override
            public void close() throws Exception {
                tomcat.stop();
                tomcat.destroy();
                IO.delete(base);
            }
        };
    }
}
