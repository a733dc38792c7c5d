package io.undertone.server.jetty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.undertone.webapp.config.LimitsConfig;
import io.undertone.webapp.tls.Identity;
import io.undertone.webapp.tls.TlsFileException;
import io.undertone.webapp.tls.Trust;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlsTest extends ServerTest {
    private Certificates certificates;

    @BeforeEach
    void prepare() {
        certificates = new Certificates(directory);
    }

    private static String route(int port, String more) {
        return "routes: [{path: /, upstream: 'https://localhost:" + port + "'" + more + "}]";
    }

    private int startTlsUpstream(Path keyStore) throws Exception {
        return startTlsUpstream(
                keyStore, (request, response) -> response.getWriter().print("from upstream"));
    }

    private int startTlsUpstream(Path keyStore, Upstream answering) throws Exception {
        return startUpstream(answering, server -> {
            ListenerTls tls = new ListenerTls(
                    "upstream",
                    new Identity.KeyStoreFile(keyStore, Certificates.PASSWORD, null),
                    new SimpleMeterRegistry());
            started.push(tls);
            return Connectors.make(server, "upstream", "127.0.0.1", 0, tls, LimitsConfig.DEFAULT);
        });
    }

    private static HttpResponse<String> get(HttpClient client, String scheme, UndertoneServer server) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create(scheme + "://localhost:" + server.publicPort() + "/page"))
                        .timeout(Duration.ofSeconds(20))
                        .build(),
                BodyHandlers.ofString());
    }

    private static HttpResponse<String> get(UndertoneServer server) throws Exception {
        return get(HttpClient.newHttpClient(), "http", server);
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA -keysize 2048", "EC", "Ed25519"})
    void everyKindOfKeyIsReadFromPem(String kind) throws Exception {
        Path keyStore = certificates.keyStore("server", ("-keyalg " + kind).split(" "));
        Path certificate = certificates.certificate(keyStore);
        UndertoneServer server = startServer(
                ", tls: {certificate: " + certificate + ", key: " + certificates.key(keyStore) + "}",
                route(startTlsUpstream(keyStore), ", tls: {trust: " + keyStore + ", password: pass word}"));
        HttpClient client = HttpClient.newBuilder()
                .sslContext(Certificates.trusting(certificate))
                .build();

        assertThat(get(client, "https", server).body()).isEqualTo("from upstream");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theUpstreamOfASocketIsBelievedAsItsRouteSays(boolean isTrusted) throws Exception {
        Path keyStore = certificates.keyStore("server");
        Path certificate = certificates.certificate(keyStore);
        int upstream = startTlsUpstream(keyStore, (request, response) -> response.setStatus(403));
        UndertoneServer server = startServer(
                ", tls: {certificate: " + certificate + ", key: " + certificates.key(keyStore) + "}",
                route(upstream, isTrusted ? ", tls: {trust: " + certificate + "}" : ""));

        CompletableFuture<WebSocket> opening = HttpClient.newBuilder()
                .sslContext(Certificates.trusting(certificate))
                .build()
                .newWebSocketBuilder()
                .buildAsync(
                        URI.create("wss://localhost:" + server.publicPort() + "/socket"), new WebSocket.Listener() {});

        // The chat server's own answer, or ours that nobody can be asked.
        assertThat(opening)
                .failsWithin(Duration.ofSeconds(20))
                .withThrowableThat()
                .havingCause()
                .isInstanceOfSatisfying(WebSocketHandshakeException.class, refused -> assertThat(
                                refused.getResponse().statusCode())
                        .isEqualTo(isTrusted ? 403 : 502));
    }

    @Test
    void newCertificatesAreTakenOverAndConnectionsStay() throws Exception {
        Path first = certificates.keyStore("first");
        Path second = certificates.keyStore("second");
        Path certificate = Files.copy(certificates.certificate(first), directory.resolve("live.crt"));
        Path key = Files.copy(certificates.key(first), directory.resolve("live.key"));
        SSLContext trusting = Certificates.trusting(certificates.certificate(first), certificates.certificate(second));
        UndertoneServer server = startServer(
                ", tls: {certificate: " + certificate + ", key: " + key + "}",
                "routes: [{path: /, upstream: 'http://localhost:"
                        + startUpstream(
                                (request, response) -> response.getWriter().print("ok")) + "'}]");

        try (SSLSocket open = connect(trusting, server)) {
            assertThat(subject(open)).isEqualTo("CN=first");
            // Half of a new pair: what belongs together comes in two steps.
            Files.copy(certificates.certificate(second), certificate, StandardCopyOption.REPLACE_EXISTING);
            await().atMost(Duration.ofSeconds(20)).until(() -> reloads("refused") > 0);
            try (SSLSocket meanwhile = connect(trusting, server)) {
                assertThat(subject(meanwhile)).isEqualTo("CN=first");
            }

            Files.copy(certificates.key(second), key, StandardCopyOption.REPLACE_EXISTING);
            await().atMost(Duration.ofSeconds(20)).until(() -> reloads("taken") > 0);
            try (SSLSocket fresh = connect(trusting, server)) {
                assertThat(subject(fresh)).isEqualTo("CN=second");
            }
            open.getOutputStream()
                    .write("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(open.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 200");
        }
    }

    private double reloads(String outcome) {
        return application
                .meters()
                .counter("undertone.reloads", "subject", "listen.tls", "outcome", outcome)
                .count();
    }

    private static SSLSocket connect(SSLContext trusting, UndertoneServer server) throws IOException {
        SSLSocket socket = (SSLSocket) trusting.getSocketFactory().createSocket("localhost", server.publicPort());
        socket.setSoTimeout(20_000);
        socket.startHandshake();
        return socket;
    }

    private static String subject(SSLSocket socket) throws IOException {
        return ((X509Certificate) socket.getSession().getPeerCertificates()[0])
                .getSubjectX500Principal()
                .getName();
    }

    @Test
    void anUpstreamHasToProveWhoItIs() throws Exception {
        Path keyStore = certificates.keyStore("upstream");
        int port = startTlsUpstream(keyStore);

        assertThat(get(startServer("", route(port, ""))).statusCode()).isEqualTo(502);
        assertThat(get(startServer("", route(port, ", tls: {trust: " + certificates.certificate(keyStore) + "}")))
                        .body())
                .isEqualTo("from upstream");
        assertThat(get(startServer("", route(port, ", tls: {verify: false}"))).body())
                .isEqualTo("from upstream");
    }

    @Test
    void anUpstreamHasToHaveTheNameThatItWasReachedBy() throws Exception {
        Path keyStore = certificates.keyStoreFor("upstream", "dns:another.example");
        int port = startTlsUpstream(keyStore);

        assertThat(get(startServer("", route(port, ", tls: {trust: " + certificates.certificate(keyStore) + "}")))
                        .statusCode())
                .isEqualTo(502);
    }

    @Test
    void trustInOneUpstreamIsNoneInAnother() throws Exception {
        Path believed = certificates.keyStore("believed");
        int first = startTlsUpstream(believed);
        int second = startTlsUpstream(certificates.keyStore("unknown"));
        UndertoneServer server = startServer(
                "",
                "routes: [{path: /other, upstream: 'https://localhost:" + first + "', tls: {verify: false}},"
                        + " {path: /, upstream: 'https://localhost:" + second + "', tls: {trust: "
                        + certificates.certificate(believed) + "}}]");

        assertThat(get(server).statusCode()).isEqualTo(502);
    }

    @Test
    void filesThatAreNoneAreNamedWithTheirMend() throws Exception {
        Path keyStore = certificates.keyStore("server");
        Path certificate = certificates.certificate(keyStore);
        Path key = certificates.key(keyStore);
        Path strange = certificates.key(certificates.keyStore("strange"));
        Path text = Files.writeString(directory.resolve("text"), "just text");
        Path legacy = Files.writeString(
                directory.resolve("legacy"), "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----");
        Path missing = directory.resolve("missing");

        assertRefused(new Identity.PemFiles(missing, key), missing + " does not exist");
        assertRefused(new Identity.PemFiles(text, key), text + " has no certificate in PEM");
        assertRefused(new Identity.PemFiles(certificate, text), text + " has no private key in PEM");
        assertRefused(new Identity.PemFiles(certificate, legacy), "openssl pkcs8 -topk8");
        assertRefused(new Identity.PemFiles(certificate, strange), "that belongs to the certificate");
        assertRefused(new Identity.KeyStoreFile(keyStore, "wrong", null), "does not open with this password");
        assertRefused(new Identity.KeyStoreFile(text, "x", null), text + " is no PKCS#12 key store");
        assertRefused(new Identity.KeyStoreFile(keyStore, null, missing), missing + " does not exist");
        assertThatThrownBy(() -> new Trust(key, null).load())
                .isInstanceOf(TlsFileException.class)
                .hasMessageStartingWith(key + " is no PKCS#12 key store");
        assertThat(new Identity.KeyStoreFile(keyStore, "secret", null))
                .asString()
                .doesNotContain("secret");
        Files.writeString(text, Certificates.PASSWORD + "\n");
        assertThat(new Identity.KeyStoreFile(keyStore, null, text).load().size())
                .isEqualTo(1);
    }

    private static void assertRefused(Identity identity, String why) {
        assertThatThrownBy(identity::load)
                .isInstanceOf(TlsFileException.class)
                .hasMessageContaining(why)
                .hasMessageNotContaining("wrong");
    }
}
