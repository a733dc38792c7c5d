package io.undertone.server.sandbox;

import io.undertone.filters.keyword.SenderKind;
import io.undertone.filters.keyword.Visibility;

/** The robot in one chat. It never claims to be a person. */
final class Agent {
    private static final String NICKNAME = "Mara";

    private final ChatSession session;
    private final Participant self;
    private final SmallTalk smallTalk = new SmallTalk(NICKNAME);

    /** Joins the session. */
    Agent(ChatSession session) {
        this.session = session;
        this.self = session.join(SenderKind.AGENT, NICKNAME, Visibility.ALL);
    }

    void greet() {
        say(
                EventType.MESSAGE,
                Content.text(smallTalk.greeting(session.customer().nickname())));
    }

    void startTyping() {
        say(EventType.TYPING_STARTED, Content.NONE);
    }

    void answer(String message) {
        say(EventType.TYPING_STOPPED, Content.NONE);
        say(EventType.MESSAGE, Content.text(smallTalk.answer(message)));
    }

    private void say(EventType type, Content content) {
        session.add(type, self, content, Visibility.ALL);
    }
}
