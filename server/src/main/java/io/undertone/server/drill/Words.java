package io.undertone.server.drill;

/** What reports say in words. */
final class Words {
    private Words() {}

    /** What was replayed, in one sentence. */
    static String scene(DrillSettings settings) {
        return "%,d chats, %,d agents, high availability: %s. A chat server with half of the chats crashes after %d s%s."
                .formatted(
                        settings.chats(),
                        settings.agents(),
                        DrillSettings.wireName(settings.ha()),
                        settings.crashAfter().toSeconds(),
                        trouble(settings));
    }

    private static String trouble(DrillSettings settings) {
        String nodes = settings.nodes() == 1 ? "the only node of Undertone" : "one of two nodes of Undertone";
        if (settings.loseNode() && settings.loseStore()) {
            return "; " + nodes + " and the store follow";
        }
        if (settings.loseNode()) {
            return "; " + nodes + " follows";
        }
        return settings.loseStore() ? "; Undertone's store follows" : "";
    }

    static String untilClean(Outcome outcome) {
        long seconds = outcome.untilClean().toSeconds();
        return outcome.endsClean() ? "%d min %02d s".formatted(seconds / 60, seconds % 60) : "not in the hour";
    }

    /** Whether it went as it should. */
    static String verdict(DrillReport report) {
        if (report.aimsHold()) {
            return "No dead chat shown, no live chat stopped, no probe seen.";
        }
        boolean alone = report.settings().loseNode() && report.settings().nodes() == 1;
        return "The aims do not hold: with Undertone, dead chats shown, live chats stopped and probes seen have to be 0."
                + (alone ? " Its only node died, and a workflow that cannot ask routes; run two." : "");
    }
}
