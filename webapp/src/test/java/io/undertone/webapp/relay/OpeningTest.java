package io.undertone.webapp.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.undertone.webapp.Problem;
import io.undertone.webapp.config.WebSocketConfig;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
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
    };

    private static Optional<Integer> statusAfter(Throwable failure) {
        Relay relay = new Relay(
                PASSES_ALL,
                WebSocketConfig.DEFAULT,
                new RelayMetrics(new SimpleMeterRegistry(), List.of()),
                ended -> {});
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
}
