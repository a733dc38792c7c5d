package io.undertone.server.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class QuestionFileTest {
    @Test
    void idsAreQuestionsAboutTheServerThatWasNamed() {
        QuestionFile questions = QuestionFile.parse("\uFEFFa\r\n\r\n b \r\n", "ChatServer_A");

        assertThat(questions.mediaType()).isEqualTo("application/x-ndjson");
        assertThat(questions.body()).isEqualTo("""
                {"InteractionId":"a","ChatServerAppName":"ChatServer_A"}
                {"InteractionId":"b","ChatServerAppName":"ChatServer_A"}
                """);
    }

    @Test
    void aPartHasTheHeaderAgainAndKnowsItsLines() {
        List<QuestionFile> parts = QuestionFile.parse("\nServer;interactionid\nA;1\n\nB;2\nA;3\n", null)
                .parts(2);

        assertThat(parts)
                .extracting(QuestionFile::body)
                .containsExactly("Server;interactionid\nA;1\nB;2\n", "Server;interactionid\nA;3\n");
        assertThat(parts.get(0).numberInFile(3)).isEqualTo(5);
        assertThat(parts.get(1).numberInFile(2)).isEqualTo(6);
    }

    @Test
    void aServerIsNotNamedTwice() {
        assertThatThrownBy(() -> QuestionFile.parse("InteractionId\na\n", "A"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("leave '--server' out");
    }

    @Test
    void anEmptyFileIsNoQuestion() {
        assertThatThrownBy(() -> QuestionFile.parse(" \n\n", null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("write the id of a chat on each line");
        assertThatThrownBy(() -> QuestionFile.parse("InteractionId\n", null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("write one chat on each line");
    }
}
