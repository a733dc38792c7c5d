package io.undertone.server.drill;

import io.undertone.server.sandbox.ContactCentre;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A customer at a browser: asks for news, reads it, and when the chat stops answering waits for it or leaves. */
final class Customer {
    private static final JsonMapper JSON = JsonMapper.shared();

    /** Told of each reply that a customer could read, and of each session that was restored. */
    interface Observer {
        void received(JsonNode reply);

        void restored(Chat chat);
    }

    private final Chat chat;
    private final ContactCentre centre;
    private final Line line;
    private final Restoration restoration;
    private final SimulatedTime time;
    private final Duration crashAt;
    private final Observer observer;
    private int position = 1;
    private int missedPolls;
    private boolean isThere = true;

    Customer(
            Chat chat,
            ContactCentre centre,
            Line line,
            Restoration restoration,
            SimulatedTime time,
            Duration crashAt,
            Observer observer) {
        this.chat = chat;
        this.centre = centre;
        this.line = line;
        this.restoration = restoration;
        this.time = time;
        this.crashAt = crashAt;
        this.observer = observer;
    }

    /** Asks for news now, and again and again. */
    void poll() {
        line.carry(chat, centre.refresh(chat.id(), position)).ifPresent(this::read);
        if (isThere) {
            var unused = time.after(chat.persona().pollEvery(), this::poll);
        }
    }

    private void read(byte[] bytes) {
        JsonNode reply = JSON.readTree(bytes);
        observer.received(reply);
        if (reply.path("statusCode").asInt() == 0) {
            missedPolls = 0;
            position = reply.path("nextPosition").asInt(position);
            isThere = !reply.path("chatEnded").asBoolean(false);
        } else {
            missedPolls++;
            chatIsGone();
        }
    }

    private void chatIsGone() {
        isThere = chat.persona().stays() && restoration != Restoration.NEVER;
        if (isThere) {
            restoration
                    .server(
                            time.elapsed().minus(crashAt),
                            missedPolls,
                            chat.persona().slowness())
                    .filter(server -> centre.restore(chat.id(), server))
                    .ifPresent(server -> observer.restored(chat));
        }
    }
}
