package io.undertone.filters.coding;

import io.undertone.filters.payload.Sink;
import java.util.zip.CRC32;

/** Reads gzip (RFC 1952): one member or several, one behind the other, each with its checksum and length. */
final class GzipDecoder implements Decoder {
    private enum Part {
        HEADER,
        BODY,
        TRAILER
    }

    private static final int TRAILER_LENGTH = 8;

    private final Inflation inflation = new Inflation(true);
    private final CRC32 crc = new CRC32();
    private Part part = Part.HEADER;
    private GzipHeader header = new GzipHeader();
    private long trailer;
    private int takenOfTrailer;

    @Override
    public void feed(byte[] coded, int offset, int length, Sink decoded) {
        Sink checked = (bytes, from, count) -> {
            crc.update(bytes, from, count);
            decoded.write(bytes, from, count);
        };
        int at = offset;
        int end = offset + length;
        while (at < end) {
            switch (part) {
                case HEADER -> {
                    if (header.take(coded[at++])) {
                        part = Part.BODY;
                    }
                }
                case BODY -> {
                    at += inflation.feed(coded, at, end - at, checked);
                    if (inflation.isFinished()) {
                        part = Part.TRAILER;
                    }
                }
                case TRAILER -> takeTrailer(coded[at++]);
            }
        }
    }

    /** The checksum and the length, each in four bytes, the lowest first; the length is modulo 2^32. */
    private void takeTrailer(byte next) {
        trailer |= (next & 0xffL) << (8 * takenOfTrailer);
        takenOfTrailer++;
        if (takenOfTrailer == TRAILER_LENGTH) {
            if (trailer != (inflation.decodedLength() << 32 | crc.getValue())) {
                throw Unreadable.coding();
            }
            awaitMember();
        }
    }

    private void awaitMember() {
        part = Part.HEADER;
        header = new GzipHeader();
        trailer = 0;
        takenOfTrailer = 0;
        inflation.reset();
        crc.reset();
    }

    @Override
    public void end() {
        if (part != Part.HEADER || !header.isUntouched()) {
            throw Unreadable.coding();
        }
    }

    @Override
    public void close() {
        inflation.close();
    }
}
