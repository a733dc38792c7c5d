package io.undertone.webapp;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.webapp.config.RequestRate;
import io.undertone.webapp.proxy.ClientAddresses;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RequestRateFilterTest extends ProxyTest {
    private final AtomicLong nanoTime = new AtomicLong();

    private int start(Container container, int requests, Duration period) throws Exception {
        ClientAddresses clients = new ClientAddresses(List.of("127.0.0.0/8", "::1", "10.0.0.0/8"));
        RequestRateFilter limit =
                new RequestRateFilter(new RequestRate(requests, period), clients, nanoTime::get, meters);
        return start(container, 1, context -> {
                    context.addFilter("limit", limit)
                            .addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*");
                    context.addServlet("fine", new HttpServlet() {
                                private static final long serialVersionUID = 1L;

                                @Override
                                protected void doGet(HttpServletRequest request, HttpServletResponse response) {
                                    response.setStatus(200);
                                }
                            })
                            .addMapping("/*");
                })
                .port();
    }

    private HttpResponse<String> get(int port, String forwardedFor) throws Exception {
        return client.send(
                request(port, "/").header("X-Forwarded-For", forwardedFor).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void whoAsksTooOftenIsToldWhenToAskAgain(Container container) throws Exception {
        int port = start(container, 3, Duration.ofMinutes(1));
        for (int count = 0; count < 3; count++) {
            assertThat(get(port, "192.0.2.1").statusCode()).isEqualTo(200);
        }

        HttpResponse<String> refused = get(port, "192.0.2.1");
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Content-Type")).contains("application/problem+json");
        long seconds =
                Long.parseLong(refused.headers().firstValue("Retry-After").orElseThrow());
        assertThat(seconds).isBetween(20L, 21L);
        assertThat(meters.get("undertone.requests.refused").counter().count()).isEqualTo(1);

        nanoTime.addAndGet(Duration.ofSeconds(seconds).toNanos());
        assertThat(get(port, "192.0.2.1").statusCode()).isEqualTo(200);
        assertThat(get(port, "192.0.2.1").statusCode()).isEqualTo(429);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            192.0.2.1                 | 192.0.2.2                | 200
            192.0.2.1                 | 6.6.6.6, 192.0.2.1       | 429
            192.0.2.1, 10.1.2.3       | 192.0.2.1                | 429
            192.0.2.1, 10.1.2.3       | 192.0.2.2, 10.1.2.3      | 200
            2001:db8:1:2::1           | 2001:db8:1:2:ffff::2     | 429
            2001:db8:1:2::1           | 2001:db8:1:3::1          | 200
            unknown                   | not.looked.up            | 429
            """)
    void oneAddressDoesNotUseUpWhatAnotherHas(String one, String other, int status) throws Exception {
        int port = start(Container.JETTY, 1, Duration.ofSeconds(1));
        assertThat(get(port, one).statusCode()).isEqualTo(200);

        assertThat(get(port, other).statusCode()).isEqualTo(status);
    }
}
