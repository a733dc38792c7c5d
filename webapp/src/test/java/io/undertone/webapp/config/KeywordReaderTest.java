package io.undertone.webapp.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.undertone.filters.keyword.Keyword;
import io.undertone.filters.keyword.Visibility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeywordReaderTest {
    @ParameterizedTest
    @CsvSource({"#u#,#u#,VIP", "#u#=INT,#u#,INT", "#u#=VIP,#u#,VIP", "a=b,a=b,VIP", "a=b=INT,a=b,INT", "x=1,x=1,VIP"})
    void theLastEqualsSignBeforeAVisibilitySplits(String flag, String text, Visibility visibility) {
        Keyword keyword = KeywordReader.flag("flag-1", flag);

        assertThat(keyword.id()).isEqualTo("flag-1");
        assertThat(keyword.text()).isEqualTo(text);
        assertThat(keyword.visibility()).isEqualTo(visibility);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "=VIP", " =INT", "x=ALL", "x=FOO"})
    void whatLooksLikeASlipIsRefusedWithTheMend(String flag) {
        assertThatThrownBy(() -> KeywordReader.flag("flag-1", flag))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("write TEXT=INT or TEXT=VIP");
    }
}
