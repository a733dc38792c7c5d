package io.undertone.webapp.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressRewriterTest {
    private static final List<URI> UPSTREAMS =
            List.of(URI.create("http://gms:8080/base"), URI.create("https://gms2.local/"));

    private static AddressRewriter of(int upstream, String contextPath) {
        return new AddressRewriter(UPSTREAMS.get(upstream), UPSTREAMS, contextPath, "chat.shop.example:8443");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            http://gms:8080/base/a%2Fb?x=y#z      | /a%2Fb?x=y#z
            HTTP://GMS:8080/base                  | /
            http://gms:8080/elsewhere             | /elsewhere
            http://gms:8080//evil.example/x       | /evil.example/x
            //gms:8080/base/a                     | /a
            https://gms2.local:443/base/a         | /base/a
            https://gms2.local                    | /
            https://chat.shop.example:8443/base/a | https://chat.shop.example:8443/base/a
            /base/a                               | /a
            /based/a                              | /based/a
            a/b?c                                 | a/b?c
            ?c                                    | ?c
            https://gms:8080/base/a               | /a
            http://gms/base/a                     | http://gms/base/a
            http://pay.example/base/a             | http://pay.example/base/a
            mailto:a@gms                          | mailto:a@gms
            http://gms:8080/a b                   | http://gms:8080/a b
            """)
    void whatLeadsToAnUpstreamLeadsToUsAndTheRestStays(String location, String ours) {
        String expected = ours.startsWith("https://chat.shop") ? "/a" : ours;

        assertThat(of(0, "").location(location)).isEqualTo(expected);
    }

    @Test
    void ourOwnAddressStaysWhereNothingStandsBeforeThePath() {
        String own = "https://chat.shop.example:8443/base/a";

        assertThat(of(1, "").location(own)).isEqualTo(own);
        assertThat(of(1, "/undertone").location("/login")).isEqualTo("/undertone/login");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0; url=http://gms:8080/base/a     | 0; url=/a
            5;URL='http://gms:8080/base/a'    | 5;URL='/a'
            5                                 | 5
            5; url=http://pay.example/        | 5; url=http://pay.example/
            """)
    void aRefreshIsARedirectToo(String refresh, String ours) {
        assertThat(of(0, "").refresh(refresh)).isEqualTo(ours.replace("`", "'"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a="b; c=d                                              | a="b; c=d
            a=Path=/base; Path=/base/x; HttpOnly                   | a=Path=/base; Path=/x; HttpOnly
            a=b; path=/base                                        | a=b; path=/
            a=b;Path=/other; Expires=Wed, 21 Oct 2026 07:28:00 GMT | a=b;Path=/other; Expires=Wed, 21 Oct 2026 07:28:00 GMT
            a=b; Domain=gms; Secure; SameSite=None                 | a=b; Secure; SameSite=None
            a=b; Domain=.shop.example; Path=/                      | a=b; Domain=.shop.example; Path=/
            a=b; domain=hop.example                                | a=b
            a=b; Path                                              | a=b; Path
            """)
    void aCookieComesBackToUs(String setCookie, String ours) {
        assertThat(of(0, "").setCookie(setCookie)).isEqualTo(ours);
    }
}
