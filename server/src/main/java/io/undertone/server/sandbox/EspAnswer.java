package io.undertone.server.sandbox;

import java.util.Map;

/** What a workflow hears of its ESP request. */
sealed interface EspAnswer {

    /** The answer's JSON, as a tree of maps. */
    Map<String, Object> toJson();

    /** The chat server did as it was asked. */
    record Response(String service, String method) implements EspAnswer {
        @Override
        public Map<String, Object> toJson() {
            return Json.object(
                    "message",
                    "ExternalServiceResponse",
                    "messageId",
                    501,
                    "Envelope",
                    envelope(service, method, Map.of()));
        }
    }

    /** The chat server refused. Only code 100 has a public meaning; the other codes are the sandbox's own. */
    record Fault(String service, String method, String code, String text) implements EspAnswer {
        static final String NOT_FOUND = "100";
        static final String UNKNOWN_METHOD = "101";
        static final String BAD_PARAMETER = "102";

        static Fault notFound(EspRequest request) {
            return new Fault(
                    request.service(), request.method(), NOT_FOUND, "interaction with specified id was not found");
        }

        @Override
        public Map<String, Object> toJson() {
            Map<String, Object> parameters = Json.object("FaultCode", code, "FaultString", text);
            return Json.object(
                    "message",
                    "ExternalServiceFault",
                    "messageId",
                    502,
                    "Envelope",
                    envelope(service, method, parameters));
        }
    }

    /** No chat server took the request. */
    record EventError(int code, String text) implements EspAnswer {
        static final EventError NOT_FOUND = new EventError(1, "Not found by type");

        @Override
        public Map<String, Object> toJson() {
            return Json.object(
                    "message",
                    "EventError",
                    "messageId",
                    52,
                    "AttributeErrorCode",
                    code,
                    "AttributeErrorMessage",
                    text);
        }
    }

    private static Map<String, Object> envelope(String service, String method, Map<String, Object> parameters) {
        return Json.object("Service", service, "Method", method, "Parameters", parameters);
    }
}
