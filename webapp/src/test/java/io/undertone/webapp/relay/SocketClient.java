package io.undertone.webapp.relay;

import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.CloseReason;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.Extension;
import jakarta.websocket.MessageHandler;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.tomcat.websocket.WsWebSocketContainer;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.client.ClientUpgradeRequest;
import org.eclipse.jetty.websocket.client.WebSocketClient;
import org.jspecify.annotations.Nullable;

/** Clients that other people wrote. Each says what it hears in the same words. */
public enum SocketClient {
    /** Never asks for compression. */
    JDK {
        @Override
        Talk open(URI address) throws Exception {
            BlockingQueue<String> heard = new LinkedBlockingQueue<>();
            WebSocket socket = HttpClient.newHttpClient()
                    .newWebSocketBuilder()
                    .subprotocols(ScriptedEndpoint.SUB_PROTOCOL)
                    .header("Cookie", "customer=7")
                    .buildAsync(address, new WebSocket.Listener() {
                        private final StringBuilder text = new StringBuilder();
                        private final StringBuilder bytes = new StringBuilder();

                        @Override
                        public @Nullable CompletionStage<?> onText(
                                WebSocket webSocket, CharSequence data, boolean last) {
                            text.append(data);
                            if (last) {
                                heard.add("text " + text);
                                text.setLength(0);
                            }
                            webSocket.request(1);
                            return null;
                        }

                        @Override
                        public @Nullable CompletionStage<?> onBinary(
                                WebSocket webSocket, ByteBuffer data, boolean last) {
                            bytes.append(StandardCharsets.UTF_8.decode(data));
                            if (last) {
                                heard.add("bytes " + bytes);
                                bytes.setLength(0);
                            }
                            webSocket.request(1);
                            return null;
                        }

                        @Override
                        public @Nullable CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
                            heard.add("close " + code + " " + reason);
                            return null;
                        }

                        @Override
                        public void onError(WebSocket webSocket, Throwable error) {
                            heard.add("close 1006 ");
                        }
                    })
                    .get(20, TimeUnit.SECONDS);
            return new Talk(heard, socket.getSubprotocol()) {
                @Override
                void send(String text, boolean last) {
                    socket.sendText(text, last).join();
                }

                @Override
                void send(byte[] bytes) {
                    socket.sendBinary(ByteBuffer.wrap(bytes), true).join();
                }

                @Override
                void hangUp(int code, String reason) {
                    socket.sendClose(code, reason).join();
                }

                @Override
                void vanish() {
                    socket.abort();
                }
            };
        }
    },
    JETTY {
        @Override
        Talk open(URI address) throws Exception {
            BlockingQueue<String> heard = new LinkedBlockingQueue<>();
            WebSocketClient client = new WebSocketClient();
            client.setMaxTextMessageSize(LIMIT);
            client.setMaxBinaryMessageSize(LIMIT);
            client.start();
            ClientUpgradeRequest request = new ClientUpgradeRequest(address);
            request.setSubProtocols(ScriptedEndpoint.SUB_PROTOCOL);
            request.setHeader("Cookie", "customer=7");
            request.addExtensions("permessage-deflate");
            Session session = client.connect(new JettyListener(heard), request).get(20, TimeUnit.SECONDS);
            return new Talk(heard, session.getUpgradeResponse().getAcceptedSubProtocol()) {
                @Override
                void send(String text, boolean last) {
                    Callback.Completable sent = new Callback.Completable();
                    session.sendPartialText(text, last, sent);
                    sent.join();
                }

                @Override
                void send(byte[] bytes) {
                    Callback.Completable sent = new Callback.Completable();
                    session.sendBinary(ByteBuffer.wrap(bytes), sent);
                    sent.join();
                }

                @Override
                void hangUp(int code, String reason) {
                    session.close(code, reason, Callback.NOOP);
                }

                @Override
                void vanish() {
                    session.disconnect();
                }

                @Override
                public void close() throws Exception {
                    client.stop();
                }
            };
        }
    },
    TOMCAT {
        @Override
        Talk open(URI address) throws Exception {
            BlockingQueue<String> heard = new LinkedBlockingQueue<>();
            WsWebSocketContainer container = new WsWebSocketContainer();
            container.setDefaultMaxTextMessageBufferSize(LIMIT);
            container.setDefaultMaxBinaryMessageBufferSize(LIMIT);
            ClientEndpointConfig config = ClientEndpointConfig.Builder.create()
                    .preferredSubprotocols(List.of(ScriptedEndpoint.SUB_PROTOCOL))
                    .extensions(List.of(new Deflate()))
                    .configurator(new ClientEndpointConfig.Configurator() {
                        @Override
                        public void beforeRequest(java.util.Map<String, List<String>> headers) {
                            headers.put("Cookie", List.of("customer=7"));
                        }
                    })
                    .build();
            jakarta.websocket.Session session = container.connectToServer(
                    new Endpoint() {
                        @Override
                        public void onOpen(jakarta.websocket.Session opened, EndpointConfig endpointConfig) {
                            opened.addMessageHandler(
                                    String.class, (MessageHandler.Whole<String>) text -> heard.add("text " + text));
                            opened.addMessageHandler(ByteBuffer.class, (MessageHandler.Whole<ByteBuffer>)
                                    bytes -> heard.add("bytes " + StandardCharsets.UTF_8.decode(bytes)));
                        }

                        @Override
                        public void onClose(jakarta.websocket.Session closed, CloseReason reason) {
                            int code = reason.getCloseCode().getCode();
                            heard.add("close " + code + " " + (code == 1006 ? "" : reason.getReasonPhrase()));
                        }
                    },
                    config,
                    address);
            return new Talk(heard, session.getNegotiatedSubprotocol()) {
                @Override
                void send(String text, boolean last) throws Exception {
                    session.getBasicRemote().sendText(text, last);
                }

                @Override
                void send(byte[] bytes) throws Exception {
                    session.getBasicRemote().sendBinary(ByteBuffer.wrap(bytes));
                }

                @Override
                void hangUp(int code, String reason) throws Exception {
                    session.close(new CloseReason(() -> code, reason));
                }

                @Override
                void vanish() throws Exception {
                    throw new UnsupportedOperationException("it cannot");
                }

                @Override
                public void close() throws Exception {
                    container.destroy();
                }
            };
        }
    };

    private static final int LIMIT = 32 << 20;

    /** Opens a socket. It asks for a sub-protocol, and brings a cookie. */
    abstract Talk open(URI address) throws Exception;

    /** Public, as the client calls it by reflection. */
    public record JettyListener(BlockingQueue<String> heard) implements Session.Listener.AutoDemanding {
        @Override
        public void onWebSocketText(String message) {
            heard.add("text " + message);
        }

        @Override
        public void onWebSocketBinary(ByteBuffer payload, Callback callback) {
            heard.add("bytes " + StandardCharsets.UTF_8.decode(payload));
            callback.succeed();
        }

        @Override
        public void onWebSocketClose(int code, @Nullable String reason, Callback callback) {
            heard.add("close " + code + " " + (code == 1006 || reason == null ? "" : reason));
            callback.succeed();
        }
    }

    private record Deflate() implements Extension {
        @Override
        public String getName() {
            return "permessage-deflate";
        }

        @Override
        public List<Parameter> getParameters() {
            return List.of();
        }
    }

    /** An open socket. */
    abstract static class Talk implements AutoCloseable {
        final String subProtocol;
        private final BlockingQueue<String> heard;

        Talk(BlockingQueue<String> heard, String subProtocol) {
            this.heard = heard;
            this.subProtocol = subProtocol;
        }

        abstract void send(String text, boolean last) throws Exception;

        abstract void send(byte[] bytes) throws Exception;

        abstract void hangUp(int code, String reason) throws Exception;

        /** Breaks the connection without a word. */
        abstract void vanish() throws Exception;

        void say(String text) throws Exception {
            send(text, true);
        }

        /** The next message, or the close, that comes. */
        String hear() throws InterruptedException {
            String next = heard.poll(20, TimeUnit.SECONDS);
            return next == null ? "nothing" : next;
        }

        @Override
        public void close() throws Exception {
            // Whoever has something to free does so.
        }
    }
}
