package io.undertone.server.sandbox;

import io.undertone.filters.keyword.Visibility;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an ESP request puts into a transcript: the two methods of the service {@code Chat} ("How to Send Message or Notice
 * to Chat Session from Workflow").
 */
record Posting(EventType type, Content content, Visibility visibility) {

    /** @throws EspFaultException if service, method or a parameter is not known or missing */
    static Posting of(EspRequest request) {
        if (!request.service().equals("Chat")) {
            throw new EspFaultException(
                    EspAnswer.Fault.UNKNOWN_METHOD, "service '" + request.service() + "' is not known, only Chat");
        }
        Visibility visibility = visibility(request.parameters().get("Visibility"));
        return switch (request.method()) {
            case "Message" -> {
                Content content = new Content(
                        required(request, "MessageText"), request.parameters().get("MessageType"), Map.of());
                yield new Posting(EventType.MESSAGE, content, visibility);
            }
            case "Notice" ->
                new Posting(
                        noticeType(required(request, "NoticeType")),
                        Content.text(request.parameters().getOrDefault("NoticeText", "")),
                        visibility);
            default ->
                throw new EspFaultException(
                        EspAnswer.Fault.UNKNOWN_METHOD,
                        "method '" + request.method() + "' is not known, only Message and Notice");
        };
    }

    private static String required(EspRequest request, String parameter) {
        String value = request.parameters().getOrDefault(parameter, "");
        if (value.isEmpty()) {
            throw new EspFaultException(EspAnswer.Fault.BAD_PARAMETER, "parameter '" + parameter + "' is missing");
        }
        return value;
    }

    private static EventType noticeType(String name) {
        return switch (name) {
            case "USER_CUSTOM" -> EventType.CUSTOM_NOTICE;
            case "USER_PUSHED_URL" -> EventType.PUSH_URL;
            default ->
                throw new EspFaultException(
                        EspAnswer.Fault.BAD_PARAMETER,
                        "NoticeType '" + name + "' is not known, only USER_CUSTOM and USER_PUSHED_URL");
        };
    }

    private static Visibility visibility(@Nullable String name) {
        if (name == null || name.isEmpty()) {
            return Visibility.ALL;
        }
        return Arrays.stream(Visibility.values())
                .filter(visibility -> visibility.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new EspFaultException(
                        EspAnswer.Fault.BAD_PARAMETER,
                        "Visibility '" + name + "' is not known, only ALL, INT and VIP"));
    }
}
