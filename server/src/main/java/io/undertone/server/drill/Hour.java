package io.undertone.server.drill;

import io.undertone.server.sandbox.ContactCentre;
import java.time.Duration;
import java.util.function.Consumer;

/** One simulated hour of a contact centre in which a chat server crashes. */
final class Hour {
    static final Duration LENGTH = Duration.ofHours(1);
    private static final Duration STEP = Duration.ofSeconds(5);
    /** How long it takes until somebody has the server up again. It comes back empty. */
    private static final Duration DOWN = Duration.ofSeconds(60);
    /** Within the first attempts of most chats. */
    private static final Duration TROUBLE = Duration.ofSeconds(15);

    private final DrillSettings settings;
    private final SimulatedTime time;
    private final ContactCentre centre;
    private final Tally tally;
    private final Line line;
    private final Workflow workflow;

    /** @param line what customers are connected by */
    Hour(DrillSettings settings, SimulatedTime time, ContactCentre centre, Tally tally, Line line, Gate gate) {
        this.settings = settings;
        this.time = time;
        this.centre = centre;
        this.tally = tally;
        this.line = line;
        this.workflow = new Workflow(centre, gate, settings.agents(), time, tally);
    }

    /**
     * Lets the hour pass.
     *
     * @param trouble what else goes wrong while verdicts are under way
     * @param progress told how much has passed
     */
    Outcome pass(Runnable trouble, Consumer<Duration> progress) {
        for (int number = 0; number < settings.chats(); number++) {
            expect(number);
        }
        at(settings.crashAfter(), this::crash);
        at(settings.crashAfter().plus(TROUBLE), trouble);
        at(settings.crashAfter().plus(DOWN), () -> centre.restart(Restoration.CRASHING));
        while (time.elapsed().compareTo(LENGTH) < 0) {
            time.runFor(STEP);
            tally.note();
            progress.accept(time.elapsed());
        }
        return tally.outcome(settings.crashAfter());
    }

    private void expect(int number) {
        Persona persona = Persona.of(settings.seed(), number, settings.crashAfter());
        String server = number % 2 == 0 ? Restoration.CRASHING : Restoration.OTHER;
        at(persona.arrival(), () -> {
            Chat chat = new Chat(number, centre.open(server, "Customer " + number, "Where is my order?"), persona);
            tally.opened(chat);
            Customer customer =
                    new Customer(chat, centre, line, Restoration.in(settings.ha()), time, settings.crashAfter(), tally);
            customer.poll();
            workflow.enter(chat);
        });
    }

    private void crash() {
        centre.crash(Restoration.CRASHING);
        workflow.desktopsLost(Restoration.CRASHING);
    }

    private void at(Duration moment, Runnable event) {
        var unused = time.after(moment, event);
    }
}
