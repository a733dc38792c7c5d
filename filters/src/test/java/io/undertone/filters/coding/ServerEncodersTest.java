package io.undertone.filters.coding;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.gzip.GzipHandler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Replies as web servers code them on their own. */
class ServerEncodersTest {
    private static final byte[] BODY =
            "{\"messages\":[{\"text\":\"hello\"}]} ".repeat(5000).getBytes(StandardCharsets.UTF_8);

    private static final class Talker extends HttpServlet {
        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.setContentType("application/json");
            response.getOutputStream().write(BODY, 0, 1000);
            response.flushBuffer();
            response.getOutputStream().write(BODY, 1000, BODY.length - 1000);
        }
    }

    private static void assertDecoded(int port) throws Exception {
        HttpResponse<byte[]> reply = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/"))
                                .header("Accept-Encoding", "gzip")
                                .build(),
                        HttpResponse.BodyHandlers.ofByteArray());
        List<ContentCoding> codings = ContentCoding.allOf(
                reply.headers().firstValue("Content-Encoding").orElse(null));
        assertThat(codings).containsExactly(ContentCoding.GZIP);
        for (int size : new int[] {1, 100, 100_000}) {
            assertThat(Coded.decode(codings, reply.body(), size)).isEqualTo(BODY);
        }
    }

    @Test
    @SuppressWarnings("removal") // The servers that are met run it for years to come.
    void jettysGzipIsRead() throws Exception {
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server);
        server.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler("/");
        context.addServlet(new ServletHolder(new Talker()), "/*");
        server.setHandler(new GzipHandler(context));
        server.start();
        try {
            assertDecoded(connector.getLocalPort());
        } finally {
            server.stop();
        }
    }

    @Test
    void tomcatsGzipIsRead(@TempDir Path base) throws Exception {
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(base.toString());
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("compression", "force");
        Context context = tomcat.addContext("", base.toString());
        Tomcat.addServlet(context, "talker", new Talker());
        context.addServletMappingDecoded("/*", "talker");
        tomcat.start();
        try {
            assertDecoded(tomcat.getConnector().getLocalPort());
        } finally {
            tomcat.stop();
            tomcat.destroy();
        }
    }
}
