package io.undertone.server.sandbox;

import java.io.ByteArrayOutputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.text.ParseException;
import java.util.List;
import org.cometd.bayeux.server.ServerMessage;
import org.cometd.common.JSONContext;
import org.cometd.server.JSONContextServer;
import org.cometd.server.ServerMessageImpl;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;

/** Reads and writes the Bayeux messages of a CometD server as the rest of the sandbox does its JSON. Thread-safe. */
final class BayeuxJson implements JSONContextServer {
    /** A client may send a lone message in place of an array of one. */
    private static final ObjectReader MESSAGES = Json.MAPPER
            .readerFor(new TypeReference<List<ServerMessageImpl>>() {})
            .with(DeserializationFeature.ACCEPT_SINGLE_VALUE_AS_ARRAY);

    @Override
    public List<ServerMessage.Mutable> parse(String json) throws ParseException {
        try {
            return MESSAGES.readValue(json);
        } catch (JacksonException malformed) {
            throw unreadable(malformed);
        }
    }

    /** Bodies are small: they are collected, and read at their end. */
    @Override
    public JSONContext.AsyncParser newAsyncParser() {
        return new JSONContext.AsyncParser() {
            private final ByteArrayOutputStream body = new ByteArrayOutputStream();

            @Override
            public void parse(ByteBuffer buffer) {
                byte[] piece = new byte[buffer.remaining()];
                buffer.get(piece);
                body.writeBytes(piece);
            }

            @Override
            @SuppressWarnings("TypeParameterUnusedInFormals") // as CometD declares it
            public <R> R complete() {
                return MESSAGES.readValue(body.toByteArray());
            }
        };
    }

    @Override
    public String generate(ServerMessage.Mutable message) {
        String frozen = JSONContextServer.super.generate(message);
        return frozen == null ? Json.MAPPER.writeValueAsString(message) : frozen;
    }

    @Override
    public JSONContext.Parser getParser() {
        return new JSONContext.Parser() {
            @Override
            public <R> R parse(Reader reader, Class<R> type) throws ParseException {
                try {
                    return Json.MAPPER.readValue(reader, type);
                } catch (JacksonException malformed) {
                    throw unreadable(malformed);
                }
            }
        };
    }

    @Override
    public JSONContext.Generator getGenerator() {
        return Json.MAPPER::writeValueAsString;
    }

    private static ParseException unreadable(JacksonException malformed) {
        return (ParseException) new ParseException(malformed.getOriginalMessage(), -1).initCause(malformed);
    }
}
