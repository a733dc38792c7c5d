package io.undertone.server.sandbox;

import io.undertone.filters.keyword.Visibility;
import java.util.List;
import java.util.Map;
import org.cometd.bayeux.Promise;
import org.cometd.bayeux.server.BayeuxServer;
import org.cometd.bayeux.server.ServerChannel;
import org.cometd.bayeux.server.ServerMessage;
import org.cometd.bayeux.server.ServerSession;

/**
 * GMS Chat API Version 2 over CometD ("Chat API Version 2 with CometD"): operations are published on
 * {@code /service/chatV2/{service}}, and what happens in the chat is delivered on the same channel, each time in the
 * response object of the REST API. A Bayeux session follows one chat, the one that it asked for last.
 */
final class ChatChannel implements ServerChannel.MessageListener, BayeuxServer.SessionListener {
    private static final String PATTERN = "/service/chatV2/*";

    private static final String LEAVING = ChatChannel.class.getName() + ".leaving";

    private final ChatServers chatServers;

    private ChatChannel(ChatServers chatServers) {
        this.chatServers = chatServers;
    }

    /** Offers the API on a server, for all services. */
    static void offer(BayeuxServer bayeux, ChatServers chatServers) {
        ChatChannel channel = new ChatChannel(chatServers);
        bayeux.addListener((BayeuxServer.SessionListener) channel);
        bayeux.createChannelIfAbsent(PATTERN, created -> created.setPersistent(true))
                .getReference()
                .addListener(channel);
    }

    @Override
    public boolean onMessage(ServerSession customer, ServerChannel ignored, ServerMessage.Mutable message) {
        String channel = message.getChannel();
        try {
            if (!(message.getData() instanceof Map<?, ?> data)) {
                throw GmsRefusal.badField("the data of the message has to be an object");
            }
            perform(customer, channel, new PublishedFields(data));
        } catch (GmsRefusal refusal) {
            deliver(customer, channel, GmsReply.refused(refusal));
        } catch (SessionGoneException gone) {
            deliver(customer, channel, GmsReply.refused(GmsRefusal.chatGone()));
        }
        return true;
    }

    private void perform(ServerSession customer, String channel, GmsFields fields) {
        String operation = fields.required("operation");
        switch (operation) {
            case "requestChat" -> follow(customer, channel, chatServers.requestChat(fields), 1);
            case "requestNotifications" -> {
                Integer position = fields.transcriptPosition();
                follow(customer, channel, seat(fields), position == null ? 1 : position);
            }
            default -> {
                // The one operation that the two APIs name differently.
                String name = operation.equals("sendMessage") ? "send" : operation;
                if (!seat(fields).perform(name, fields)) {
                    throw GmsRefusal.badField("field 'operation' names no operation: '" + operation + "'");
                }
            }
        }
    }

    private CustomerSeat seat(GmsFields fields) {
        return chatServers.seat(fields.required("secureKey"));
    }

    private static void follow(ServerSession customer, String channel, CustomerSeat seat, int position) {
        leave(customer);
        Runnable leaving = seat.session().listen(position, new ChatListener() {
            @Override
            public void heard(List<ChatEvent> events) {
                boolean concernsCustomer =
                        events.isEmpty() || events.stream().anyMatch(event -> event.visibility() == Visibility.ALL);
                if (concernsCustomer) {
                    deliver(customer, channel, GmsReply.delivery(seat.server(), seat.session(), events));
                }
            }

            @Override
            public void over() {
                deliver(
                        customer,
                        channel,
                        seat.session().isLost() ? GmsReply.refused(GmsRefusal.chatGone()) : seat.reply(null));
            }
        });
        customer.setAttribute(LEAVING, leaving);
        if (!customer.isHandshook()) {
            // Gone meanwhile, perhaps before there was anything to leave.
            leave(customer);
        }
    }

    private static void leave(ServerSession customer) {
        if (customer.removeAttribute(LEAVING) instanceof Runnable leaving) {
            leaving.run();
        }
    }

    @Override
    public void sessionRemoved(ServerSession customer, ServerMessage message, boolean timeout) {
        leave(customer);
    }

    private static void deliver(ServerSession customer, String channel, GmsReply reply) {
        customer.deliver(null, channel, reply, Promise.noop());
    }
}
