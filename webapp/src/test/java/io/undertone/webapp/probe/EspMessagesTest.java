package io.undertone.webapp.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.undertone.webapp.config.ConfigReader;
import io.undertone.webapp.config.ProbeConfig;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EspMessagesTest {
    private final EspMessages messages = new EspMessages(new ProbeMessage(config("Message")));

    @Test
    void aMessageIsAddressedToTheServerByName() {
        assertThat(request(messages, "ChatServer_A")).isEqualTo("""
                        {"AppName":"ChatServer_A","AppType":"ChatServer","Service":"Chat","Method":"Message","Version":"1.0",\
                        "Parameters":{"Visibility":"ALL","Nickname":"undertone","MessageText":"#undertone# token"},\
                        "UserData":{"InteractionId":"0006Ka9HFHRR0T2B"}}""");
    }

    @Test
    void withoutANameTheTypeAloneIsGiven() {
        assertThat(request(messages, null)).startsWith("{\"AppType\":\"ChatServer\",");
    }

    @Test
    void aNoticeCarriesTheTextAsACustomNotice() {
        assertThat(request(new EspMessages(new ProbeMessage(config("Notice"))), "A"))
                .contains("""
                        "Method":"Notice","Version":"1.0","Parameters":{"NoticeType":"USER_CUSTOM",\
                        "Visibility":"ALL","Nickname":"undertone","NoticeText":"#undertone# token"}""");
    }

    @Test
    void anotherMethodIsRefusedWithTheMend() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ProbeMessage(pinging()))
                .withMessage("probe.method is 'Ping': write Message or Notice");
    }

    @Test
    void theThreeRepliesAreRead() {
        assertThat(outcome(InteractionServerStandIn.ACCEPTED)).isEqualTo(new EspOutcome.Accepted());
        assertThat(outcome(InteractionServerStandIn.NOT_FOUND))
                .isEqualTo(new EspOutcome.Fault("100", "interaction with specified id was not found"));
        assertThat(outcome(InteractionServerStandIn.NO_SERVER))
                .isEqualTo(new EspOutcome.NoServer("1", "Not found by type"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"100", "\"100\"", "\" 100 \""})
    void theFaultCodeMayBeANumberOrAString(String code) {
        assertThat(outcome(InteractionServerStandIn.fault(code, "gone")))
                .isInstanceOfSatisfying(EspOutcome.Fault.class, fault -> assertThat(fault.faultCode())
                        .isEqualTo("100"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"101", "\"0100\"", "100.5", "null", "[100]", "\"\"", "true"})
    void anyOtherFaultCodeIsNotTheDocumentedOne(String code) {
        assertThat(outcome(InteractionServerStandIn.fault(code, "interaction with specified id was not found")))
                .isInstanceOfSatisfying(EspOutcome.Fault.class, fault -> assertThat(fault.faultCode())
                        .isNotEqualTo("100"));
    }

    @Test
    void theErrorIsKnownByItsCodeNotByItsText() {
        assertThat(outcome("{\"message\":\"EventError\",\"messageId\":52,\"AttributeErrorCode\":\"1\"}"))
                .isEqualTo(new EspOutcome.NoServer("1", ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no JSON",
                "{\"message\":\"ExternalServiceResponse\"",
                "[]",
                "null",
                "{}",
                "{\"message\":\"EventAck\",\"messageId\":125}",
                "{\"message\":{\"ExternalServiceResponse\":1}}",
                "{\"message\":\"ExternalServiceResponse\",\"messageId\":502}",
                "{\"message\":\"ExternalServiceResponse\",\"message\":\"ExternalServiceFault\"}",
                "{\"message\":\"ExternalServiceResponse\"} {}",
                "{\"message\":\"ExternalServiceResponse\",\"Envelope\":{\"Parameters\":{\"FaultCode\":\"100\"}}}",
                "{\"message\":\"EventError\",\"messageId\":52,\"AttributeErrorCode\":2,\"AttributeErrorMessage\":\"Not found by type\"}",
                "{\"message\":\"EventError\",\"messageId\":52,\"AttributeErrorMessage\":\"Not found by type\"}",
                "{\"message\":\"EventError\",\"messageId\":501,\"AttributeErrorCode\":1}",
                "{\"message\":\"ExternalServiceFault\",\"Envelope\":{\"Service\":\"Email\",\"Parameters\":{\"FaultCode\":\"100\"}}}",
                "{\"message\":\"ExternalServiceFault\",\"Envelope\":{\"Method\":\"Notice\",\"Parameters\":{\"FaultCode\":\"100\"}}}",
            })
    void everyOtherReplyProvesNothing(String reply) {
        assertThat(outcome(reply)).isInstanceOf(EspOutcome.Failed.class);
    }

    @Test
    void aServersTextIsKeptShortAndPrintable() {
        assertThat(outcome(InteractionServerStandIn.fault("7", "a\\u0000b\\nc" + "x".repeat(1000)))
                        .faultString())
                .startsWith("a b cx")
                .hasSize(200);
    }

    private EspOutcome outcome(String reply) {
        return messages.outcome("0003", reply.getBytes(StandardCharsets.UTF_8));
    }

    private static String request(EspMessages messages, @Nullable String server) {
        return new String(messages.request("0006Ka9HFHRR0T2B", server, "#undertone# token"), StandardCharsets.UTF_8);
    }

    private static ProbeConfig config(String method) {
        return ConfigReader.parse("probe: {method: %s}".formatted(method), Map.of())
                .probe();
    }

    private static ProbeConfig pinging() {
        ProbeConfig good = ProbeConfig.DEFAULT;
        return new ProbeConfig(
                good.nickname(),
                good.text(),
                "Ping",
                good.visibility(),
                good.notice(),
                good.transport(),
                good.interactionUrl(),
                good.ha(),
                good.attempts(),
                good.interval(),
                good.timeout(),
                good.faults(),
                good.limits(),
                good.skip(),
                good.shadow());
    }

    @Test
    void aReplyAboutAnotherInteractionAnswersNothing() {
        String reply =
                "{\"message\":\"ExternalServiceResponse\",\"messageId\":501,\"UserData\":{\"InteractionId\":\"%s\"}}";
        assertThat(outcome(reply.formatted("0003"))).isEqualTo(new EspOutcome.Accepted());
        assertThat(outcome(reply.formatted("0004"))).isInstanceOf(EspOutcome.Failed.class);
    }
}
