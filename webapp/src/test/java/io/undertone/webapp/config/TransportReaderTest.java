package io.undertone.webapp.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransportReaderTest {
    @Test
    void aTemplateIsReadWhole() {
        assertThat(transport("""
                        probe:
                          transport: template
                          template:
                            method: put
                            url: "http://chat/sessions/{InteractionId}"
                            headers: {Content-Type: application/json; charset=utf-8, X-From: "{Nickname}"}
                            body: '{"text":"{Text}","level":{"is":"{Visibility}"}}'
                            outcomes:
                              - {status: [200, 201], outcome: accepted}
                              - {status: 404, pointer: /error/code, equals: NO_SESSION, outcome: not-found, faultCode: "7"}
                              - {contains: upstream, outcome: No-Server}
                              - {pointer: /error, outcome: other}
                        """))
                .isEqualTo(new TransportConfig.Template(
                        "PUT",
                        new TextTemplate("http://chat/sessions/{InteractionId}"),
                        Map.of(
                                "Content-Type",
                                new TextTemplate("application/json; charset=utf-8"),
                                "X-From",
                                new TextTemplate("{Nickname}")),
                        new TextTemplate("{\"text\":\"{Text}\",\"level\":{\"is\":\"{Visibility}\"}}"),
                        Escaping.JSON,
                        List.of(
                                row(List.of(200, 201), null, null, null, OutcomeRow.Outcome.ACCEPTED, "100"),
                                row(List.of(404), "/error/code", "NO_SESSION", null, OutcomeRow.Outcome.NOT_FOUND, "7"),
                                row(List.of(), null, null, "upstream", OutcomeRow.Outcome.NO_SERVER, "100"),
                                row(List.of(), "/error", null, null, OutcomeRow.Outcome.OTHER, "100"))));
    }

    private static OutcomeRow row(
            List<Integer> statuses,
            @Nullable String pointer,
            @Nullable String equal,
            @Nullable String contains,
            OutcomeRow.Outcome outcome,
            String faultCode) {
        return new OutcomeRow(statuses, pointer, equal, contains, outcome, faultCode);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            url: 'http://c/{Interaction}'  | probe.template.url: "{Interaction}" is no placeholder; those that there are: {InteractionId}, {Chat
            url: 'c/{InteractionId}'  | probe.template.url: "c/1" is not a URL; write http://HOST:PORT/PATH/{InteractionId}
            method: POST  | probe.template.url: is missing; write http://HOST:PORT/PATH/{InteractionId}
            url: http://c/  | probe.template: says nowhere which chat it is about; write {InteractionId} into url, headers or body
            url: 'http://c/{InteractionId}', method: HEAD  | probe.template.method: "HEAD" is none of GET, POST, PUT, PATCH, DELETE
            url: 'http://c/{InteractionId}', headers: {Host: x}  | probe.template.headers.Host: restricted header name: "Host"
            url: 'http://c/{InteractionId}', headers: {X: é}  | probe.template.headers.X: is not ASCII, which alone may stand in a header
            url: 'http://c/{InteractionId}', body: x  | probe.template.headers: has no Content-Type
            url: 'http://c/{InteractionId}', headers: {Content-Type: image/png}, body: x  | probe.template.headers: Content-Type "image/png" is none that values
            url: 'http://c/{InteractionId}', headers: {Content-Type: application/json}, body: '{"t":{Text}}'  | probe.template.body: is no JSON once it is filled; write placeholders within strings
            url: 'http://c/{InteractionId}'  | probe.template.outcomes: is missing; write a list with a row
            outcomes: [{outcome: accepted}]  | probe.template.outcomes[0]: holds for every reply; write status, pointer or contains
            outcomes: [{status: 2, outcome: other}]  | probe.template.outcomes[0].status: "2" is not a whole number from 100 to 599
            outcomes: [{status: 200}]  | probe.template.outcomes[0].outcome: is missing; write accepted, not-found, no-server or other
            outcomes: [{status: 200, outcome: gone}]  | probe.template.outcomes[0].outcome: "gone" is none of accepted, not-found, no-server, other
            outcomes: [{status: 200, equals: a, outcome: other}]  | probe.template.outcomes[0]: has 'equals' without 'pointer'
            outcomes: [{pointer: a, outcome: other}]  | probe.template.outcomes[0].pointer: "a" is no JSON pointer; write it as in /error/code
            outcomes: [{status: 200, faultCode: 1, outcome: other}]  | probe.template.outcomes[0]: has a 'faultCode' that nothing reads
            outcomes: [{stat: 200, outcome: other}]  | probe.template.outcomes[0].stat is not an option; did you mean 'status'?
            """)
    void aMistakeInATemplateIsNamedWithItsPlace(String template, String error) {
        assertThat(errors("probe: {transport: template, template: {" + template + "}}"))
                .anySatisfy(line -> assertThat(line).startsWith(error));
    }

    @Test
    void thePsdkIsReadWhole(@TempDir Path jars) {
        assertThat(transport("""
                        probe:
                          transport: psdk
                          psdk: {jars: %s, endpoint: ["is1:4420", "[::1]:4421"], clientName: prober, tls: true,
                                 interactionIdKey: Ixn, responseId: 1, faultId: 2, errorId: 3, errorCodeMethod: code}
                        """.formatted(jars)))
                .isEqualTo(new TransportConfig.Psdk(
                        jars,
                        List.of(
                                InetSocketAddress.createUnresolved("is1", 4420),
                                InetSocketAddress.createUnresolved("[::1]", 4421)),
                        "prober",
                        true,
                        new TransportConfig.PsdkNames("Ixn", 1, 2, 3, "code")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            endpoint: 'is:1'  | probe.psdk.jars: is missing; write the directory with the SDK's jars
            jars: /nowhere, endpoint: 'is:1'  | probe.psdk.jars: "/nowhere" is not a directory; name the one that holds the jars
            jars: /  | probe.psdk.endpoint: is missing; write HOST:PORT of the interaction server, or a list of them
            jars: /, endpoint: is  | probe.psdk.endpoint: "is" is no endpoint; write HOST:PORT
            jars: /, endpoint: 'is:70000'  | probe.psdk.endpoint: "is:70000" is no endpoint; write HOST:PORT
            jars: /, endpoint: 'is:1', faultId: 501  | probe.psdk: responseId, faultId and errorId are not three numbers
            jars: /, endpoint: 'is:1', errorCodeMethod: 'a()'  | probe.psdk.errorCodeMethod: "a()" is not the name of a Java method
            """)
    void aMistakeInThePsdkIsNamedWithItsPlace(String psdk, String error) {
        assertThat(errors("probe: {transport: psdk, psdk: {" + psdk + "}}"))
                .anySatisfy(line -> assertThat(line).startsWith(error));
    }

    @Test
    void whatTheTransportDoesNotReadIsRefused() {
        assertThat(errors("probe: {transport: reported, url: 'http://is/', template: {}}"))
                .containsExactly(
                        "probe.template: stands beside 'transport: reported', which does not read it; leave it out, or write 'transport: template'",
                        "probe.url: stands beside 'transport: reported', which does not read it; leave it out, or write 'transport: http'");
    }

    @Test
    void withoutAnAddressNothingIsSent() {
        assertThat(ConfigReader.parse("", Map.of()).probe().transport()).isNull();
        assertThat(transport("probe: {transport: reported}")).isEqualTo(new TransportConfig.Reported());
    }

    private static @Nullable TransportConfig transport(String yaml) {
        return ConfigReader.parse(yaml, Map.of()).probe().transport();
    }

    private static List<String> errors(String yaml) {
        return catchThrowableOfType(ConfigException.class, () -> ConfigReader.parse(yaml, Map.of()))
                .errors();
    }
}
