package io.undertone.webapp.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.undertone.webapp.config.StoreConfig;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class StoreTest {
    private static final Instant NOW = Instant.parse("2026-11-22T19:00:00Z");
    private static final String ID = "0006Ka9HFHRR0T2B";

    private static Postgres postgres;

    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final Deque<Store> opened = new ArrayDeque<>();

    @TempDir
    private Path directory;

    enum Database {
        H2,
        POSTGRESQL
    }

    @BeforeAll
    static void startPostgres() throws Exception {
        postgres = Postgres.start();
    }

    @AfterAll
    static void stopPostgres() throws Exception {
        postgres.close();
    }

    @AfterEach
    void closeStores() {
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
    }

    private StoreConfig fresh(Database database) throws Exception {
        return database == Database.H2
                ? new StoreConfig("jdbc:h2:file:" + directory.resolve("undertone"), null, null)
                : postgres.database("db_" + UUID.randomUUID().toString().replace('-', '_'));
    }

    private Store open(StoreConfig config) {
        Store store = opening(config);
        await().until(store::isUp);
        return store;
    }

    private Store opening(StoreConfig config) {
        Store store = Store.open(config, meters);
        opened.push(store);
        return store;
    }

    @Test
    void nobodyButItsOwnerReadsTheFileInWhichTheSecretStands() throws Exception {
        open(fresh(Database.H2));

        assertThat(Files.getPosixFilePermissions(directory.resolve("undertone.mv.db")))
                .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    }

    private static <T> T result(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private static StoredVerdict gone(String server, Instant expiresAt) {
        return new StoredVerdict(
                ID,
                server,
                "interaction_not_found",
                "100",
                "interaction with specified id was not found",
                3,
                NOW,
                expiresAt);
    }

    @ParameterizedTest
    @EnumSource
    void aVerdictIsRememberedForItsInteractionAndServerUntilItExpires(Database database) throws Exception {
        StoredVerdicts verdicts = new StoredVerdicts(open(fresh(database)));
        StoredVerdict gone = gone("A", NOW.plusSeconds(300));
        result(verdicts.put(gone));

        assertThat(result(verdicts.get(ID, "A", NOW))).contains(gone);
        assertThat(result(verdicts.get(ID, "A", NOW.plusSeconds(300)))).isEmpty();
        assertThat(result(verdicts.get(ID, "B", NOW))).isEmpty();
        assertThat(result(verdicts.get("another", "A", NOW))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aNewerVerdictTakesThePlaceOfTheOlder(Database database) throws Exception {
        StoredVerdicts verdicts = new StoredVerdicts(open(fresh(database)));
        result(verdicts.put(gone("A", NOW.plusSeconds(300))));
        StoredVerdict alive = new StoredVerdict(ID, "A", "accepted", "", "", 1, NOW, NOW.plusSeconds(10));
        result(verdicts.put(alive));

        assertThat(result(verdicts.get(ID, "A", NOW))).contains(alive);

        result(verdicts.forget(ID));
        assertThat(result(verdicts.get(ID, "A", NOW))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void manyWritersOfOneVerdictDoNotGetInEachOthersWay(Database database) throws Exception {
        StoredVerdicts verdicts = new StoredVerdicts(open(fresh(database)));
        List<CompletionStage<Void>> writing = new ArrayList<>();
        for (int number = 0; number < 50; number++) {
            writing.add(verdicts.put(gone("A", NOW.plusSeconds(300))));
        }
        for (CompletionStage<Void> written : writing) {
            result(written);
        }

        assertThat(result(verdicts.get(ID, "A", NOW))).isPresent();
        assertThat(failures()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void whatIsKeptOutlivesTheProcess(Database database) throws Exception {
        StoreConfig config = fresh(database);
        StoredVerdict gone = gone("A", NOW.plusSeconds(300));
        Store first = open(config);
        result(new StoredVerdicts(first).put(gone));
        first.close();

        assertThat(result(new StoredVerdicts(open(config)).get(ID, "A", NOW))).contains(gone);
    }

    @Test
    void nodesThatStartAtOnceMakeTheTablesOnceAndShareOneSecret() throws Exception {
        StoreConfig config = fresh(Database.POSTGRESQL);
        Set<String> secrets = ConcurrentHashMap.newKeySet();
        Queue<byte[]> told = new ConcurrentLinkedQueue<>();
        for (int node = 0; node < 4; node++) {
            StoredSecret.share(opening(config), "common", secret -> {
                told.add(secret);
                secrets.add(new String(secret, StandardCharsets.ISO_8859_1));
            });
        }
        await().until(() -> told.size() >= 4);

        assertThat(secrets).hasSize(1);
        assertThat(told).allSatisfy(secret -> assertThat(secret).hasSize(32));
        assertThat(opened).allMatch(Store::isUp);
    }

    @ParameterizedTest
    @EnumSource
    void tablesOfANewerVersionAreLeftAlone(Database database) throws Exception {
        StoreConfig config = fresh(database);
        open(config).close();
        int scripts = versions(config);
        try (Connection connection = DriverManager.getConnection(config.url(), config.user(), config.password())) {
            connection.createStatement().execute("INSERT INTO schema_version VALUES (99)");
        }
        Store store = opening(config);
        Store control = open(fresh(Database.POSTGRESQL));

        assertThat(control.isUp()).isTrue();
        assertThat(store.isUp()).isFalse();
        assertThat(versions(config)).isEqualTo(scripts + 1);
    }

    private static int versions(StoreConfig config) throws SQLException {
        try (Connection connection = DriverManager.getConnection(config.url(), config.user(), config.password());
                var row = connection.createStatement().executeQuery("SELECT COUNT(*) FROM schema_version")) {
            row.next();
            return row.getInt(1);
        }
    }

    @Test
    void aSightingIsToldToTheOtherNodesAndHasAnAge() throws Exception {
        StoreConfig config = fresh(Database.POSTGRESQL);
        Queue<StoredSighting> heard = new ConcurrentLinkedQueue<>();
        new StoredSightings(open(config)).hear(heard::add);
        StoredSightings teller = new StoredSightings(open(config));
        teller.tell("00112233aabbccdd", ID);
        teller.tell("00112233aabbccdd", ID);

        await().until(() -> !heard.isEmpty());
        assertThat(heard).allSatisfy(sighting -> {
            assertThat(sighting.probe()).isEqualTo("00112233aabbccdd");
            assertThat(sighting.interactionId()).isEqualTo(ID);
            assertThat(sighting.age()).isBetween(Duration.ZERO, Duration.ofSeconds(30));
        });
        assertThat(failures()).isZero();
    }

    @Test
    void aFloodOfSessionsKeepsNoSightingOut() throws Exception {
        StoreConfig config = fresh(Database.POSTGRESQL);
        Queue<StoredSighting> heard = new ConcurrentLinkedQueue<>();
        new StoredSightings(open(config)).hear(heard::add);
        Store store = open(config);
        StoredSessions sessions = new StoredSessions(store);

        for (int number = 0; number < 30_000; number++) {
            sessions.tell(new StoredSession("/", "session" + number, "http://gms:8080"));
        }
        new StoredSightings(store).tell("00112233aabbccdd", ID);

        await().atMost(Duration.ofSeconds(30)).until(() -> !heard.isEmpty());
    }

    @Test
    void aStoreThatIsLostRefusesAtOnceAndIsBackByItselfWithWhatWasToldMeanwhile() throws Exception {
        try (Postgres own = Postgres.start()) {
            StoreConfig config = own.database("own");
            Store store = open(config);
            StoredVerdicts verdicts = new StoredVerdicts(store);
            Queue<StoredSighting> heard = new ConcurrentLinkedQueue<>();
            new StoredSightings(store).hear(heard::add);
            StoredVerdict gone = gone("A", NOW.plusSeconds(300));
            result(verdicts.put(gone));

            own.stop();
            await().until(() -> !store.isUp());
            assertRefused(verdicts.get(ID, "A", NOW));
            assertThat(meters.get("undertone.store.up").gauge().value()).isZero();
            assertThat(failures()).isPositive();

            own.startAgain();
            await().atMost(Duration.ofSeconds(30)).until(store::isUp);
            assertThat(result(verdicts.get(ID, "A", NOW))).contains(gone);
            new StoredSightings(open(config)).tell("00112233aabbccdd", ID);
            await().atMost(Duration.ofSeconds(30)).until(() -> !heard.isEmpty());
        }
    }

    @Test
    void aFileThatAnotherProcessHoldsIsAStoreThatIsLost() throws Exception {
        Store store = opening(new StoreConfig("jdbc:h2:file:/dev/null/nowhere", null, null));
        Store control = open(fresh(Database.H2));

        assertThat(control.isUp()).isTrue();
        assertRefused(new StoredVerdicts(store).get(ID, "A", NOW));
    }

    @Test
    void whatHasExpiredIsPurged() throws Exception {
        Store store = open(fresh(Database.POSTGRESQL));
        StoredVerdicts verdicts = new StoredVerdicts(store);
        result(verdicts.put(gone("A", Instant.now().minusSeconds(60))));
        result(verdicts.put(gone("B", Instant.now().plusSeconds(60))));

        assertThat(result(store.run(StoredVerdicts::purge))).isEqualTo(1);
        assertThat(result(store.run(StoredSightings::purge))).isZero();
        assertThat(result(verdicts.get(ID, "B", Instant.now()))).isPresent();
    }

    @Test
    void aPasswordIsNeverShown() {
        StoreConfig config = new StoreConfig("jdbc:postgresql://db/u?password=inUrl", "undertone", "s3cret");

        assertThat(config.toString()).contains("undertone").doesNotContain("s3cret", "inUrl");
    }

    private double failures() {
        return meters.get("undertone.store.failures").counter().count();
    }

    private static void assertRefused(CompletionStage<?> stage) {
        assertThatThrownBy(() -> result(stage)).hasCauseInstanceOf(StoreLostException.class);
    }
}
