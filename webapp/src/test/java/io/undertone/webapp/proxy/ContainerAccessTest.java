package io.undertone.webapp.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContainerAccessTest {
    private final List<String> done = new CopyOnWriteArrayList<>();

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1", "HTTP/2.0"})
    void nobodyListensAfterTheEnd(String protocol) throws Exception {
        ContainerAccess container = new ContainerAccess(protocol);
        container.listen(() -> done.add("listens"));
        container.end(() -> done.add("ends"));
        container.end(() -> done.add("ends again"));

        assertThatIllegalStateException().isThrownBy(() -> container.listen(() -> done.add("listens late")));
        assertThat(done).containsExactly("listens", "ends");
    }

    /** A listener that Tomcat is just being given must not come after its end of a stream. */
    @Test
    void anEndWaitsForWhoeverBeginsToListenOnAConnectionOfMany() throws Exception {
        ContainerAccess container = new ContainerAccess("HTTP/2.0");
        Thread ending = new Thread(() -> container.end(() -> done.add("ends")));

        container.listen(() -> {
            ending.start();
            await().until(() -> ending.getState() == Thread.State.WAITING);
            done.add("listens");
        });
        ending.join();

        assertThat(done).containsExactly("listens", "ends");
    }

    /** Tomcat's thread holds its lock on the connection when it tells of the end, and who listens waits for that lock. */
    @Test
    void anEndWaitsForNobodyOnAConnectionOfItsOwn() throws Exception {
        ContainerAccess container = new ContainerAccess("HTTP/1.1");

        container.listen(() -> {
            Thread ending = new Thread(() -> container.end(() -> done.add("ends")));
            ending.start();
            await().until(() -> !ending.isAlive());
            done.add("listens");
        });

        assertThat(done).containsExactly("ends", "listens");
    }
}
