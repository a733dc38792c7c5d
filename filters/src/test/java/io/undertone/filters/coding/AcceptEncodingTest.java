package io.undertone.filters.coding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcceptEncodingTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    gzip, deflate, br, zstd          | gzip, deflate, br, zstd
                    GZip;q=0.5,compress;q=1.0, br    | gzip;q=0.5, br
                    x-gzip                           | x-gzip
                    compress, dcb, bzip2             | identity
                    ''                               | identity
                    ' , '                            | identity
                    identity;q=0, gzip               | identity;q=0, gzip
                    br;q=0.9, *;q=0.1                | br;q=0.9, gzip;q=0.1, deflate;q=0.1, zstd;q=0.1
                    gzip, *;q=0                      | gzip, *;q=0
                    """)
    void onlyWhatCanBeReadIsAskedFor(String accepted, String asked) {
        assertThat(new AcceptEncoding(List.of(accepted)).readable()).isEqualTo(asked);
    }

    @Test
    void aClientThatAsksForNothingGetsTheIdentity() {
        assertThat(new AcceptEncoding(List.of()).readable()).isEqualTo("identity");
        assertThat(new AcceptEncoding(List.of()).codingFor(List.of(ContentCoding.GZIP)))
                .isEmpty();
    }

    @Test
    void severalFieldsAreOne() {
        assertThat(new AcceptEncoding(List.of("gzip", "br;q=0.1")).readable()).isEqualTo("gzip, br;q=0.1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    gzip, deflate, br   | gzip       | gzip
                    gzip, deflate, br   | deflate    | deflate
                    gzip, deflate, br   | br         | gzip
                    gzip, deflate       | deflate,br | gzip
                    br                  | br         | identity
                    gzip;q=0            | gzip       | identity
                    gzip ; Q = 0.000    | gzip       | identity
                    gzip;q=much         | gzip       | identity
                    x-gzip              | gzip       | gzip
                    *                   | zstd       | gzip
                    *, gzip;q=0         | gzip       | identity
                    *;q=0               | gzip       | identity
                    gzip                | identity   | identity
                    gzip                | deflate    | gzip
                    """)
    void aReplyIsCodedAgainAsTheClientAccepts(String accepted, String had, String has) {
        assertThat(new AcceptEncoding(List.of(accepted))
                        .codingFor(ContentCoding.allOf(had))
                        .map(ContentCoding::token)
                        .orElse("identity"))
                .isEqualTo(has);
    }
}
