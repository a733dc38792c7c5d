package io.undertone.server.drill;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A report for scripts: one JSON object, in one line. */
public final class ReportJson {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private ReportJson() {}

    public static String of(DrillReport report) {
        ObjectNode root = JSON.createObjectNode();
        root.put("ha", DrillSettings.wireName(report.settings().ha()));
        root.put("chats", report.settings().chats());
        put(root.putObject("without"), report.without());
        Outcome with = report.with();
        put(root.putObject("with"), with)
                .put("probes_seen_by_customers", with.probesSeen())
                .put("probes_sent", with.probesSent())
                .put("seconds_until_clean", with.untilClean().toSeconds());
        return root.toString();
    }

    private static ObjectNode put(ObjectNode node, Outcome outcome) {
        return node.put("dead_chats_shown", outcome.deadChatsShown())
                .put("agent_minutes_lost", outcome.agentMinutesLost())
                .put("live_chats_stopped", outcome.liveChatsStopped());
    }
}
