package io.undertone.server.sandbox;

import io.undertone.filters.keyword.SenderKind;
import io.undertone.filters.keyword.Visibility;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * One conversation in the memory of one chat server. Thread-safe; listeners are called under the session's lock and have
 * to be quick. Everything that changes an ended or lost session throws {@link SessionGoneException}.
 */
final class ChatSession {
    private enum State {
        OPEN,
        ENDED,
        LOST
    }

    private final Clock clock;
    private final Transcript transcript;
    private final String secureKey;
    private final SharedFiles files = new SharedFiles();
    private final Map<Integer, Participant> participants = new LinkedHashMap<>();
    private final List<ChatListener> listeners = new CopyOnWriteArrayList<>();
    private final int customerId;
    private int lastParticipantId;
    private State state = State.OPEN;

    /** Opens the session; the customer's join is its first event. */
    ChatSession(Transcript transcript, Clock clock, String nickname, Map<String, String> userData) {
        this.transcript = transcript;
        this.clock = clock;
        this.secureKey = Ids.secureKey();
        this.customerId = enter(SenderKind.CLIENT, nickname, Visibility.ALL, Content.data(userData))
                .participantId();
    }

    private ChatSession(ChatSession lost) {
        this.transcript = lost.transcript;
        this.clock = lost.clock;
        this.secureKey = lost.secureKey;
        this.customerId = lost.customerId;
        this.lastParticipantId = lost.lastParticipantId;
        participants.putAll(lost.participants);
    }

    /** The conversation as it was when it was lost, going on; who listened and what files were shared is lost. */
    synchronized ChatSession restored() {
        return new ChatSession(this);
    }

    String interactionId() {
        return transcript.interactionId();
    }

    Transcript transcript() {
        return transcript;
    }

    SharedFiles files() {
        return files;
    }

    String secureKey() {
        return secureKey;
    }

    synchronized boolean isOpen() {
        return state == State.OPEN;
    }

    /** The chat server has crashed since. */
    synchronized boolean isLost() {
        return state == State.LOST;
    }

    /** The customer, under the present nickname; they stay known after they have left. */
    synchronized Participant customer() {
        return member(customerId);
    }

    synchronized Participant join(SenderKind kind, String nickname, Visibility visibility) {
        requireOpen();
        return enter(kind, nickname, visibility, Content.NONE);
    }

    /**
     * Tells the listener the events from this position on: those that have been, then each new one, none missing and none
     * twice.
     *
     * @return stops it; may be called by anyone, and again
     */
    synchronized Runnable listen(int position, ChatListener listener) {
        listener.heard(transcript.from(position));
        if (state == State.OPEN) {
            listeners.add(listener);
        }
        return () -> listeners.remove(listener);
    }

    /** The workflow's party of this nickname; it joins with its first message and is used again for later ones. */
    synchronized Participant external(String nickname, Visibility visibility) {
        requireOpen();
        return participants.values().stream()
                .filter(party ->
                        party.kind() == SenderKind.EXTERNAL && party.nickname().equals(nickname))
                .findFirst()
                .orElseGet(() -> enter(SenderKind.EXTERNAL, nickname, visibility, Content.NONE));
    }

    synchronized void add(EventType type, Participant from, Content content, Visibility visibility) {
        requireOpen();
        append(type, member(from.participantId()), content, visibility);
    }

    synchronized void rename(Participant participant, String nickname) {
        requireOpen();
        Participant renamed = member(participant.participantId()).renamed(nickname);
        participants.put(renamed.participantId(), renamed);
        append(EventType.NICKNAME_UPDATED, renamed, Content.NONE, Visibility.ALL);
    }

    /** The customer leaves, so do the agents, and the session is over. A workflow's party never leaves. */
    synchronized void end() {
        requireOpen();
        for (Participant party : List.copyOf(participants.values())) {
            if (party.kind() != SenderKind.EXTERNAL) {
                append(EventType.PARTICIPANT_LEFT, party, Content.NONE, party.visibility());
            }
        }
        close(State.ENDED);
    }

    /** The chat server has crashed: whoever still holds this session can do nothing with it. */
    synchronized void lose() {
        close(State.LOST);
    }

    private void close(State closed) {
        state = closed;
        listeners.forEach(ChatListener::over);
        listeners.clear();
    }

    private Participant enter(SenderKind kind, String nickname, Visibility visibility, Content content) {
        Participant participant = new Participant(++lastParticipantId, Ids.userId(), nickname, kind, visibility);
        participants.put(participant.participantId(), participant);
        append(EventType.PARTICIPANT_JOINED, participant, content, visibility);
        return participant;
    }

    private void append(EventType type, Participant from, Content content, Visibility visibility) {
        ChatEvent event = new ChatEvent(transcript.nextPosition(), type, from, content, visibility, clock.instant());
        transcript.append(event);
        listeners.forEach(listener -> listener.heard(List.of(event)));
    }

    private Participant member(int participantId) {
        Participant participant = participants.get(participantId);
        if (participant == null) {
            throw new IllegalArgumentException("no participant " + participantId + " in " + interactionId());
        }
        return participant;
    }

    private void requireOpen() {
        if (state != State.OPEN) {
            throw new SessionGoneException(interactionId());
        }
    }
}
