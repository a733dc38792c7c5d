package io.undertone.webapp.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.undertone.webapp.Problem;
import io.undertone.webapp.config.WebSocketConfig;
import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.CloseReason;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.Session;
import java.lang.reflect.Proxy;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpFields;
import org.junit.jupiter.api.Test;

class OpeningTest {
    private static final MessageJudge PASSES_ALL = new MessageJudge() {
        @Override
        public Optional<String> judgeField(String serverToProxyName, String serverToProxyValue) {
            return Optional.of(serverToProxyValue);
        }

        @Override
        public Optional<byte[]> judge(byte[] serverToProxyMessage) {
            return Optional.of(serverToProxyMessage);
        }

        @Override
        public boolean mayBeTold(String serverToProxyReason) {
            return true;
        }

        @Override
        public void customerLeft() {
            // There never was one.
        }
    };

    private static Relay relay() {
        return new Relay(
                PASSES_ALL,
                WebSocketConfig.DEFAULT,
                new RelayMetrics(new SimpleMeterRegistry(), List.of()),
                ended -> {});
    }

    private static Optional<Integer> statusAfter(Throwable failure) {
        Relay relay = relay();
        Opening opening = new Opening("/genesys", relay, HttpFields.EMPTY);
        opening.answer(failure);
        return opening.refusal().map(Problem::status);
    }

    @Test
    void aServerThatDoesNotAnswerInTimeIsAGatewayTimeout() {
        assertThat(statusAfter(new TimeoutException())).contains(504);
        assertThat(statusAfter(new SocketTimeoutException("connect"))).contains(504);
        assertThat(statusAfter(new ExecutionException(new TimeoutException()))).contains(504);
    }

    @Test
    void aServerThatCannotBeReachedIsABadGateway() {
        assertThat(statusAfter(new ConnectException("refused"))).contains(502);
    }

    @Test
    void aCustomerWhoseHandshakeIsDoneWhenAllIsOverIsSentElsewhere() {
        List<CloseReason> closes = new ArrayList<>();
        Relay relay = relay();
        relay.drain();

        relay.customer()
                .onOpen(
                        closingInto(closes),
                        ClientEndpointConfig.Builder.create().build());

        assertThat(closes)
                .singleElement()
                .satisfies(close -> assertThat(close.getCloseCode().getCode()).isEqualTo(1001));
    }

    /** No container lets a test in between a handshake and its end. */
    private static Session closingInto(List<CloseReason> closes) {
        return (Session) Proxy.newProxyInstance(
                OpeningTest.class.getClassLoader(), new Class<?>[] {Session.class}, (session, method, arguments) -> {
                    switch (method.getName()) {
                        case "close" -> closes.add((CloseReason) arguments[0]);
                        case "getAsyncRemote" -> {
                            return Proxy.newProxyInstance(
                                    OpeningTest.class.getClassLoader(),
                                    new Class<?>[] {RemoteEndpoint.Async.class},
                                    (remote, itsMethod, itsArguments) -> null);
                        }
                        default -> {}
                    }
                    return null;
                });
    }
}
