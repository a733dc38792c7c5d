package io.undertone.filters.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

    @Test
    void twoAreWalkedAsOne() {
        PathTree<String> joined = PathTree.joined(
                PathTree.of(Map.of("a.*", "any", "b", "b", "[*].x", "x")),
                PathTree.of(Map.of("a.kind", 1, "*.y", 2, "[0].x", 3)),
                (one, other) -> one + " " + other);

        PathTree<String> a = there(joined.member("a"));
        assertThat(there(a.member("kind")).mark()).contains("any 1");
        assertThat(there(a.member("whatever")).mark()).contains("any null");
        assertThat(there(a.member("y")).mark()).contains("any null");
        assertThat(there(there(joined.member("b")).member("y")).mark()).contains("null 2");
        assertThat(there(joined.member("b")).member("z")).isNull();
        assertThat(there(there(joined.element(0)).member("x")).mark()).contains("x 3");
        assertThat(there(there(joined.element(1)).member("x")).mark()).contains("x null");
    }

    @ParameterizedTest
    @CsvSource({"text, text", "type, type", "tyke, any", "nickname, nickname", "'', any", "typ, any", "types, any"})
    void findsANameInBytesAsInText(String name, String mark) {
        PathTree<String> names =
                PathTree.of(Map.of("text", "text", "type", "type", "nickname", "nickname", "*", "any"));
        byte[] bytes = ('"' + name + '"').getBytes(StandardCharsets.UTF_8);

        assertThat(there(names.member(bytes, 1, bytes.length - 1)).mark()).contains(mark);
        assertThat(there(names.member(name)).mark()).contains(mark);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a..b", "[", "a[x]", "a]"})
    void refusesWhatIsNoPath(String path) {
        assertThatThrownBy(() -> PathTree.of(Map.of(path, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(path);
    }
}
