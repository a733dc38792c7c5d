package io.undertone.webapp.relay;

import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.websocket.CloseReason;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.Session;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import org.eclipse.jetty.ee10.websocket.jakarta.common.JakartaWebSocketSession;

/** A chat server of whatever container it is deployed in: does what its customers tell it, and says what it saw. */
public final class ScriptedEndpoint extends Endpoint {
    static final String SUB_PROTOCOL = "chat.v2";
    private static final int LIMIT = 32 << 20;

    final BlockingQueue<String> closes = new LinkedBlockingQueue<>();
    final BlockingQueue<Map<String, List<String>>> handshakes = new LinkedBlockingQueue<>();
    final Set<Session> sessions = ConcurrentHashMap.newKeySet();
    /** Done in each handshake, before its answer. */
    volatile Runnable meanwhile = () -> {};

    void deploy(ServletContext context) {
        ServerContainer container = (ServerContainer) context.getAttribute(ServerContainer.class.getName());
        // Without a servlet Tomcat calls no filter, and its upgrade is one.
        context.addServlet("nothing", new HttpServlet() {
                    private static final long serialVersionUID = 1L;
                })
                .addMapping("/");
        try {
            for (String path : List.of("/{a}", "/{a}/{b}", "/{a}/{b}/{c}/{d}")) {
                container.addEndpoint(ServerEndpointConfig.Builder.create(ScriptedEndpoint.class, path)
                        .subprotocols(List.of("chat.v1", SUB_PROTOCOL))
                        .configurator(new Configurator())
                        .build());
            }
        } catch (DeploymentException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private final class Configurator extends ServerEndpointConfig.Configurator {
        @Override
        public <T> T getEndpointInstance(Class<T> endpointClass) {
            return endpointClass.cast(ScriptedEndpoint.this);
        }

        @Override
        public void modifyHandshake(ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
            Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            headers.putAll(request.getHeaders());
            handshakes.add(headers);
            meanwhile.run();
            String session = request.getParameterMap()
                    .getOrDefault("cookie", List.of("session=1; Path=/"))
                    .get(0);
            response.getHeaders().put("Set-Cookie", List.of(session, "node=b"));
        }
    }

    @Override
    public void onOpen(Session session, EndpointConfig config) {
        sessions.add(session);
        session.setMaxTextMessageBufferSize(LIMIT);
        session.setMaxBinaryMessageBufferSize(LIMIT);
        session.addMessageHandler(String.class, (MessageHandler.Whole<String>) text -> obey(session, text));
        session.addMessageHandler(ByteBuffer.class, (MessageHandler.Whole<ByteBuffer>) bytes -> {
            try {
                session.getBasicRemote().sendBinary(bytes);
            } catch (IOException gone) {
                closes.add("could not send");
            }
        });
    }

    private void obey(Session session, String text) {
        String[] words = text.split(" ", 3);
        try {
            switch (words[0]) {
                case "close" -> session.close(new CloseReason(() -> Integer.parseInt(words[1]), words[2]));
                case "bytes" ->
                    session.getBasicRemote()
                            .sendBinary(ByteBuffer.wrap(text.substring(6).getBytes(StandardCharsets.UTF_8)));
                case "fragments" -> {
                    String message = text.substring(10);
                    for (int at = 0; at < message.length(); at++) {
                        session.getBasicRemote().sendText(message.substring(at, at + 1), at == message.length() - 1);
                    }
                }
                case "burst" -> {
                    for (int count = 0; count < Integer.parseInt(words[1]); count++) {
                        session.getBasicRemote().sendText(Integer.toString(count));
                    }
                }
                case "large" -> session.getBasicRemote().sendText("x".repeat(Integer.parseInt(words[1])));
                case "die" -> ((JakartaWebSocketSession) session).abort();
                default -> session.getBasicRemote().sendText(text);
            }
        } catch (IOException gone) {
            closes.add("could not send");
        }
    }

    @Override
    public void onClose(Session session, CloseReason reason) {
        sessions.remove(session);
        closes.add(reason.getCloseCode().getCode() + " " + reason.getReasonPhrase());
    }

    @Override
    public void onError(Session session, Throwable failure) {
        // The close that follows is what is looked at.
    }
}
