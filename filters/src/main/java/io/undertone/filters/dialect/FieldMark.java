package io.undertone.filters.dialect;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a dialect says of a place of a message.
 *
 * @param field what stands there, null where it is a part of what stands around it
 * @param vocabulary the words that the chat system writes there besides numbers, null where it is not the only one that writes
 * @param decoding how the value is coded once more, null where it is not
 */
public record FieldMark(
        @Nullable Field field,
        @Nullable Set<String> vocabulary,
        @Nullable Decoding decoding) {

    static FieldMark of(@Nullable FieldMark mark, @Nullable Decoding decoding) {
        return mark == null
                ? new FieldMark(null, null, decoding)
                : new FieldMark(mark.field, mark.vocabulary, decoding);
    }
}
