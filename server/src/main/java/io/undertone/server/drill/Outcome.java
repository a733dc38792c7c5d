package io.undertone.server.drill;

import java.time.Duration;
import java.util.List;

/**
 * What one simulated hour came to.
 *
 * @param deadChatsShown how often an agent was given a chat that nobody could join
 * @param agentMinutesLost what that took
 * @param liveChatsStopped chats that the workflow stopped although their session was there, or came back later
 * @param probesSeen messages of probes, or of the participant that sends them, that customers received
 * @param probesSent ESP requests that reached the interaction server
 * @param untilClean from the crash until no chat in the queue was dead; all that is left of the hour if that never was
 * @param deadChatsStopped dead chats that the workflow took out of the queue
 * @param handled chats that an agent brought to their end
 * @param restored sessions that came back on another chat server
 * @param course how it went, one point every few seconds
 */
record Outcome(
        int deadChatsShown,
        long agentMinutesLost,
        int liveChatsStopped,
        long probesSeen,
        long probesSent,
        Duration untilClean,
        int deadChatsStopped,
        int handled,
        int restored,
        List<Point> course) {

    /**
     * @param at since the beginning
     * @param deadChats open chats that nobody can join at that moment
     * @param minutesLost so far
     * @param probesSent so far
     */
    record Point(Duration at, int deadChats, long minutesLost, long probesSent) {}

    Outcome {
        course = List.copyOf(course);
    }

    /** Whether the last dead chat had gone before the hour was over. */
    boolean endsClean() {
        return course.get(course.size() - 1).deadChats() == 0;
    }

    boolean aimsHold() {
        return deadChatsShown == 0 && liveChatsStopped == 0 && probesSeen == 0;
    }
}
