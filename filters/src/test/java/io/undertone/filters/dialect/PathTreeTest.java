package io.undertone.filters.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PathTreeTest {
    private final PathTree<String> tree =
            PathTree.of(Map.of("[*].data.messages", "list", "[0].ext", "first", "a.*", "any", "[4]", "fifth"));

    private static <V> PathTree<V> there(@Nullable PathTree<V> place) {
        return Objects.requireNonNull(place);
    }

    @Test
    void leadsThroughMembersAndElements() {
        assertThat(there(there(there(tree.element(7)).member("data")).member("messages"))
                        .mark())
                .contains("list");
        assertThat(there(tree.element(4)).mark()).contains("fifth");
        assertThat(there(there(tree.member("a")).member("whatever")).mark()).contains("any");
        assertThat(tree.member("b")).isNull();
        assertThat(tree.mark()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a..b", "[", "a[x]", "a]"})
    void refusesWhatIsNoPath(String path) {
        assertThatThrownBy(() -> PathTree.of(Map.of(path, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(path);
    }
}
