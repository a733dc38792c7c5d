package io.undertone.server.drill;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.filters.keyword.KeywordSet;
import io.undertone.webapp.config.ConfigReader;
import io.undertone.webapp.config.HaMode;
import io.undertone.webapp.config.UndertoneConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DrillTest {
    private static final Progress UNSEEN = done -> {};

    @ParameterizedTest
    @CsvSource({
        "NONE, 1, false, false",
        "NONE, 2, true, true",
        "WARM_STANDBY, 1, false, false",
        "WARM_STANDBY, 2, true, true",
        "N_PLUS_1, 1, false, true",
        "N_PLUS_1, 2, true, false"
    })
    void theAimsHoldInEveryModeAndWithANodeOrTheStoreLost(HaMode ha, int nodes, boolean loseNode, boolean loseStore) {
        DrillReport report = run(settings(ha, nodes, loseNode, loseStore, 1));

        assertThat(report.without().deadChatsShown()).isPositive();
        assertThat(report.without().agentMinutesLost()).isPositive();
        assertThat(report.without().endsClean()).isFalse();
        assertThat(report.with())
                .returns(0, Outcome::deadChatsShown)
                .returns(0L, Outcome::agentMinutesLost)
                .returns(0, Outcome::liveChatsStopped)
                .returns(0L, Outcome::probesSeen)
                .returns(true, Outcome::endsClean);
        assertThat(report.with().probesSent()).isPositive();
        assertThat(report.with().deadChatsStopped()).isPositive();
        assertThat(report.aimsHold()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(HaMode.class)
    void everyChatComesToItsEndOrIsDead(HaMode ha) {
        DrillReport report = run(settings(ha, 2, false, false, 1));

        assertThat(report.with().handled() + report.with().deadChatsStopped())
                .isEqualTo(report.settings().chats());
        assertThat(report.with().restored() > 0).isEqualTo(ha.restoresSessions());
    }

    @Test
    void nodesThatCannotTellEachOtherWhatTheyFoundTakeLonger() {
        Outcome shared = run(settings(HaMode.N_PLUS_1, 2, false, false, 1)).with();
        Outcome alone = run(settings(HaMode.N_PLUS_1, 2, false, true, 1)).with();

        assertThat(alone.untilClean()).isGreaterThan(shared.untilClean());
        assertThat(shared.untilClean())
                .isEqualTo(run(settings(HaMode.N_PLUS_1, 1, false, false, 1))
                        .with()
                        .untilClean());
    }

    @Test
    void theSameSeedTellsTheSameStory() {
        DrillReport first = run(settings(HaMode.N_PLUS_1, 2, true, false, 5));

        assertThat(run(settings(HaMode.N_PLUS_1, 2, true, false, 5))).isEqualTo(first);
        assertThat(run(settings(HaMode.N_PLUS_1, 2, true, false, 6)).with()).isNotEqualTo(first.with());
    }

    @Test
    void aVeilThatHidesNothingIsFoundOut() {
        KeywordSet nothing = KeywordSet.compile(1, List.of(), List.of());

        DrillReport report =
                new Drill(settings(HaMode.NONE, 1, false, false, 1), config(Map.of()), nothing).run(UNSEEN);

        assertThat(report.with().probesSeen()).isPositive();
        assertThat(report.aimsHold()).isFalse();
    }

    @Test
    void whoAsksOnceStopsChatsThatComeBack() {
        UndertoneConfig hasty = config(Map.of("UNDERTONE_PROBE_ATTEMPTS", "1"));

        DrillReport report = Drill.run(settings(HaMode.WARM_STANDBY, 1, false, false, 1), hasty, UNSEEN);

        assertThat(report.with().liveChatsStopped()).isPositive();
        assertThat(report.aimsHold()).isFalse();
    }

    @Test
    void aWorkflowThatReachesNoNodeRoutesDeadChatsAndStopsNoLiveOne() {
        DrillReport report = run(settings(HaMode.NONE, 1, true, false, 1));

        assertThat(report.with().deadChatsShown()).isPositive();
        assertThat(report.with().liveChatsStopped()).isZero();
        assertThat(report.aimsHold()).isFalse();
        assertThat(ReportText.of(report)).contains("Its only node died").contains("run two");
    }

    @Test
    void theProgressGoesOnToTheEnd() {
        List<Duration> done = new ArrayList<>();

        Drill.run(settings(HaMode.NONE, 1, false, false, 1), config(Map.of()), done::add);

        assertThat(done).isSorted().endsWith(Progress.WHOLE);
    }

    private static DrillSettings settings(HaMode ha, int nodes, boolean loseNode, boolean loseStore, long seed) {
        return new DrillSettings(60, Duration.ofSeconds(10), ha, nodes, loseNode, loseStore, seed);
    }

    private static DrillReport run(DrillSettings settings) {
        String ha = DrillSettings.wireName(settings.ha());
        return Drill.run(settings, config(Map.of("UNDERTONE_PROBE_HA", ha)), UNSEEN);
    }

    private static UndertoneConfig config(Map<String, String> more) {
        return ConfigReader.parse("", Drill.environment(new HashMap<>(more)));
    }
}
