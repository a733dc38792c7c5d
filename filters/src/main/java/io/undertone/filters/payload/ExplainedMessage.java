package io.undertone.filters.payload;

import io.undertone.filters.dialect.Field;
import io.undertone.filters.keyword.SenderKind;
import java.util.List;
import java.util.Map;

/**
 * What becomes of one message, and why. It holds what the message says: it is for the eyes of an operator alone.
 *
 * @param number the message's place among those of the payload, counted from 1
 * @param values what stands in it, decoded; a field that it does not have is not in the map
 * @param sender what the dialect understands of the sender's kind
 * @param reasons what the rules say of it, in the order in which they are asked; empty when none says anything
 */
public record ExplainedMessage(
        int number, Map<Field, List<String>> values, SenderKind sender, Decision decision, List<Reason> reasons) {

    public ExplainedMessage {
        values = Map.copyOf(values);
        reasons = List.copyOf(reasons);
    }

    /** Every value of a field, as spelled on the wire; empty where the message has none. */
    public List<String> all(Field field) {
        return values.getOrDefault(field, List.of());
    }
}
