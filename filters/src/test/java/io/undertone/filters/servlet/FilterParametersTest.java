package io.undertone.filters.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.EnumSet;
import java.util.Map;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The filter as a {@code web.xml} has it: by its class, with parameters. */
class FilterParametersTest {
    private final Server server = new Server(0);

    private String reply(Map<String, String> parameters) throws Exception {
        ServletContextHandler context = new ServletContextHandler("/");
        context.addServlet(
                new ServletHolder(new HttpServlet() {
                    @Override
                    protected void service(HttpServletRequest request, HttpServletResponse response)
                            throws IOException {
                        response.setContentType("application/json");
                        response.getWriter()
                                .write("{\"messages\":[{\"text\":\"#a#\"},{\"text\":\"#b#\"},"
                                        + "{\"from\":{\"nickname\":\"probe\",\"type\":\"External\"}}]}");
                    }
                }),
                "/*");
        context.addServletContainerInitializer((classes, servletContext) -> {
            FilterRegistration.Dynamic filter = servletContext.addFilter("veil", VeilFilter.class.getName());
            filter.setInitParameters(parameters);
            filter.setAsyncSupported(true);
            filter.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC), false, "/*");
        });
        server.setHandler(context);
        server.start();
        URI uri = URI.create("http://localhost:" + ((ServerConnector) server.getConnectors()[0]).getLocalPort());
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                .body();
    }

    @AfterEach
    void stop() throws Exception {
        server.stop();
    }

    @Test
    void keywordsAndParticipantsAreHidden() throws Exception {
        assertThat(reply(Map.of("keywords", "\n  #a#=VIP\n  #b#=INT\n", "hiddenParticipants", "probe")))
                .isEqualTo("{\"messages\":[]}");
    }

    @Test
    void anAgentSeesWhatIsCoaching() throws Exception {
        assertThat(reply(Map.of("keywords", "#a#\n#b#=INT", "audience", "agent")))
                .contains("{\"text\":\"#b#\",\"visibility\":\"INT\"}")
                .doesNotContain("#a#");
    }

    @ParameterizedTest
    @CsvSource({
        "keywords, '', there is none",
        "keywords, x=ALL, write TEXT=INT or TEXT=VIP",
        "keywords, '\u00AD', consists of characters that nobody sees",
        "keyword, a, 'there are keywords, hiddenParticipants, dialect, audience, onUnreadable'",
        "hiddenParticipants, '\u200B', consists of characters that nobody sees",
        "dialect, klingon, is none of",
        "dialect, '', is none of",
        "audience, everybody, 'is none of [customer, agent, supervisor]'",
        "onUnreadable, perhaps, 'is none of [withhold, pass]'"
    })
    void aMalformedParameterKeepsTheApplicationFromStarting(String name, String value, String mend) {
        Map<String, String> parameters =
                name.equals("keywords") ? Map.of(name, value) : Map.of("keywords", "a", name, value);
        assertThatThrownBy(() -> reply(parameters))
                .hasMessageContaining("parameter " + name)
                .hasMessageContaining(mend);
    }
}
