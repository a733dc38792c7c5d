package io.undertone.server.load;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Iterator;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.ee10.proxy.AfterContentTransformer;
import org.eclipse.jetty.ee10.proxy.AsyncMiddleManServlet;
import org.eclipse.jetty.io.ClientConnector;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/** What one would write without Undertone: read the whole reply as a tree, take messages out, write it. */
final class TreeTransformer extends AsyncMiddleManServlet {
    private static final long serialVersionUID = 1L;
    private static final ObjectMapper JSON = JsonMapper.shared();
    private static final int MOST_CONNECTIONS = 32_768;

    private final String upstream;

    TreeTransformer(String upstream) {
        this.upstream = upstream;
    }

    @Override
    protected HttpClient newHttpClient(ClientConnector connector) {
        HttpClient client = super.newHttpClient(connector);
        client.setMaxRequestsQueuedPerDestination(MOST_CONNECTIONS);
        return client;
    }

    @Override
    protected String rewriteTarget(HttpServletRequest clientToProxyRequest) {
        return upstream + clientToProxyRequest.getRequestURI();
    }

    @Override
    protected ContentTransformer newServerResponseContentTransformer(
            HttpServletRequest clientToProxyRequest,
            HttpServletResponse proxyToClientResponse,
            Response serverToProxyResponse) {
        return new AfterContentTransformer() {
            @Override
            public boolean transform(Source source, Sink sink) throws IOException {
                JsonNode reply;
                try (InputStream in = source.getInputStream()) {
                    reply = JSON.readTree(in);
                }
                for (Iterator<JsonNode> messages = reply.path("messages").iterator(); messages.hasNext(); ) {
                    String text = messages.next().path("text").asString("");
                    if (Contender.KEYWORDS.stream().anyMatch(text::contains)) {
                        messages.remove();
                    }
                }
                try (OutputStream out = sink.getOutputStream()) {
                    JSON.writeValue(out, reply);
                }
                return true;
            }
        };
    }
}
