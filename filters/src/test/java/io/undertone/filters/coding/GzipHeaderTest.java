package io.undertone.filters.coding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.undertone.filters.payload.UnreadablePayloadException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Headers as RFC 1952 section 2.3.1 draws them, with every set of parts. */
class GzipHeaderTest {
    private static final byte[] BODY = "{\"messages\":[]}".getBytes(StandardCharsets.UTF_8);

    private static byte[] header(int flags) {
        byte[] header = {0x1f, (byte) 0x8b, 8, (byte) flags, 1, 2, 3, 4, 0, 3};
        if ((flags & 4) != 0) {
            header = Coded.join(header, new byte[] {3, 0, 'x', 0, 'y'});
        }
        if ((flags & 8) != 0) {
            header = Coded.join(header, new byte[] {'n', 'a', 'm', 'e', 0});
        }
        if ((flags & 16) != 0) {
            header = Coded.join(header, new byte[] {0});
        }
        if ((flags & 2) != 0) {
            CRC32 crc = new CRC32();
            crc.update(header);
            header = Coded.join(header, new byte[] {(byte) crc.getValue(), (byte) (crc.getValue() >> 8)});
        }
        return header;
    }

    private static byte[] member(byte[] header) {
        byte[] plain = Coded.by(ContentCoding.GZIP, BODY);
        return Coded.join(header, Arrays.copyOfRange(plain, 10, plain.length));
    }

    private static byte[] decode(byte[] coded) {
        return Coded.decode(List.of(ContentCoding.GZIP), coded, 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30, 31})
    void everyPartMayBeThere(int flags) {
        assertThat(decode(member(header(flags)))).isEqualTo(BODY);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 6, 10, 14, 18, 22, 26, 30})
    void aCheckedHeaderMayNotDiffer(int flags) {
        byte[] header = header(flags);
        List<Integer> taken = new ArrayList<>();
        for (int at = 0; at < header.length; at++) {
            byte[] damaged = header.clone();
            damaged[at] ^= 0x20;
            try {
                decode(member(damaged));
                taken.add(at);
            } catch (UnreadablePayloadException e) {
                assertThat(e.reason().tag()).isEqualTo("unreadable_coding");
            }
        }
        assertThat(taken).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {32, 64, 128})
    void aPartThatNobodyKnowsIsNotSkipped(int flags) {
        assertThatThrownBy(() -> decode(member(header(flags)))).isInstanceOf(UnreadablePayloadException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2})
    void anEmptyExtraPartIsOne(int others) {
        byte[] header = header(0);
        header[3] = (byte) (4 | others);
        header = Coded.join(header, new byte[] {0, 0});
        if (others == 2) {
            CRC32 crc = new CRC32();
            crc.update(header);
            header = Coded.join(header, new byte[] {(byte) crc.getValue(), (byte) (crc.getValue() >> 8)});
        }
        assertThat(decode(member(header))).isEqualTo(BODY);
    }
}
