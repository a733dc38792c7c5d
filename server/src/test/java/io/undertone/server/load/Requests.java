package io.undertone.server.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;

/** What customers send. */
final class Requests {
    static final String FORM =
            "userId=00795AD5648E0157&alias=117&secureKey=a8b1c0ff51e2ee92d8f7&transcriptPosition=21&message=";

    private Requests() {}

    /** @param chat its number: a customer polls one chat */
    static String path(String service, int chat) {
        return "/genesys/2/chat/" + service + "/00048aDPWW" + (100_000 + chat) + "/refresh";
    }

    static ByteBuffer poll(String service, int chat) {
        return bytes("""
                POST %s HTTP/1.1\r
                Host: chat.example\r
                User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0\r
                Accept: application/json, text/javascript, */*; q=0.01\r
                Content-Type: application/x-www-form-urlencoded; charset=UTF-8\r
                Content-Length: %d\r
                \r
                %s""".formatted(path(service, chat), FORM.length(), FORM));
    }

    /** A workflow's question about a chat that it knows to be over: nothing is sent into it. */
    static ByteBuffer verdict(String token, int chat) {
        return bytes("""
                GET /api/v1/probe?InteractionId=00048aDPWW%d&ChatServerAppName=ChatServer_A&IsOnline=0&format=text HTTP/1.1\r
                Host: undertone.example\r
                Authorization: Bearer %s\r
                \r
                """.formatted(100_000 + chat, token));
    }

    static ByteBuffer webSocket(String service, int chat) {
        return bytes("""
                GET %s HTTP/1.1\r
                Host: chat.example\r
                Upgrade: websocket\r
                Connection: Upgrade\r
                Sec-WebSocket-Version: 13\r
                Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
                \r
                """.formatted(path(service, chat)));
    }

    private static ByteBuffer bytes(String request) {
        return ByteBuffer.wrap(request.getBytes(ISO_8859_1));
    }
}
