package io.undertone.filters.coding;

import java.util.EnumSet;
import java.util.Iterator;
import java.util.zip.CRC32;

/** Reads the header of one gzip member (RFC 1952 section 2.3), a byte at a time. */
final class GzipHeader {
    /** In the order in which they stand. */
    private enum Part {
        FIXED,
        EXTRA_LENGTH,
        EXTRA,
        NAME,
        COMMENT,
        CHECK,
        NONE
    }

    private static final int FIXED_LENGTH = 10;
    private static final int HAS_CHECK = 2;
    private static final int HAS_EXTRA = 4;
    private static final int HAS_NAME = 8;
    private static final int HAS_COMMENT = 16;
    private static final int RESERVED = 0xe0;

    private final CRC32 crc = new CRC32();
    private final Iterator<Part> parts = EnumSet.allOf(Part.class).iterator();
    private Part part = parts.next();
    private int takenOfPart;
    private int flags;
    private int extraLength;

    /** Whether no byte of it was taken. */
    boolean isUntouched() {
        return part == Part.FIXED && takenOfPart == 0;
    }

    /** Takes the next byte, and returns whether it was the last. */
    boolean take(byte next) {
        int value = next & 0xff;
        boolean endsPart =
                switch (part) {
                    case FIXED -> takeFixed(value);
                    case EXTRA_LENGTH -> takeExtraLength(value);
                    case EXTRA -> takenOfPart + 1 == extraLength;
                    case NAME, COMMENT -> value == 0;
                    case CHECK -> takeCheck(value);
                    case NONE -> throw new IllegalStateException("the header is over");
                };
        if (part != Part.CHECK) {
            crc.update(value);
        }
        takenOfPart++;
        if (endsPart) {
            takenOfPart = 0;
            do {
                part = parts.next();
            } while (!isPresent());
        }
        return part == Part.NONE;
    }

    private boolean isPresent() {
        return switch (part) {
            case FIXED, NONE -> true;
            case EXTRA_LENGTH -> (flags & HAS_EXTRA) != 0;
            case EXTRA -> extraLength > 0;
            case NAME -> (flags & HAS_NAME) != 0;
            case COMMENT -> (flags & HAS_COMMENT) != 0;
            case CHECK -> (flags & HAS_CHECK) != 0;
        };
    }

    /** Two bytes of magic, the method (8 is deflate), the flags, and six that say nothing of the content. */
    private boolean takeFixed(int value) {
        boolean isSound =
                switch (takenOfPart) {
                    case 0 -> value == 0x1f;
                    case 1 -> value == 0x8b;
                    case 2 -> value == 8;
                    case 3 -> (value & RESERVED) == 0;
                    default -> true;
                };
        if (!isSound) {
            throw Unreadable.coding();
        }
        if (takenOfPart == 3) {
            flags = value;
        }
        return takenOfPart + 1 == FIXED_LENGTH;
    }

    private boolean takeExtraLength(int value) {
        extraLength |= value << (8 * takenOfPart);
        return takenOfPart == 1;
    }

    private boolean takeCheck(int value) {
        if (value != ((crc.getValue() >> (8 * takenOfPart)) & 0xff)) {
            throw Unreadable.coding();
        }
        return takenOfPart == 1;
    }
}
