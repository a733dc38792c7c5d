package io.undertone.server.sandbox;

import io.undertone.filters.keyword.SenderKind;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** The agents' desktops: a robot takes every chat a moment after it began and answers what the customer writes. */
final class Agents {
    private final InteractionServer interactions;
    private final ScheduledExecutorService scheduler;
    private final AgentPace pace;

    Agents(InteractionServer interactions, ScheduledExecutorService scheduler, AgentPace pace) {
        this.interactions = interactions;
        this.scheduler = scheduler;
        this.pace = pace;
    }

    /** Has an agent join the session soon. */
    void welcome(ChatSession session) {
        after(pace.join(), () -> {
            Agent agent = new Agent(session);
            interactions.assigned(session.interactionId());
            agent.greet();
            session.listen(1, events -> events.forEach(event -> hear(agent, event)));
        });
    }

    /** The agent reads what the customer wrote, thinks, types and answers. */
    private void hear(Agent agent, ChatEvent event) {
        String text = event.content().text();
        if (event.type() != EventType.MESSAGE || event.from().kind() != SenderKind.CLIENT || text == null) {
            return;
        }
        after(pace.think(), () -> {
            agent.startTyping();
            after(pace.type(), () -> agent.answer(text));
        });
    }

    private void after(Duration delay, Runnable task) {
        Runnable whileChatLives = () -> {
            try {
                task.run();
            } catch (SessionGoneException gone) {
                // The customer left or the chat server died meanwhile: nobody is left to answer.
            }
        };
        ScheduledFuture<?> unused = scheduler.schedule(whileChatLives, delay.toMillis(), TimeUnit.MILLISECONDS);
    }
}
