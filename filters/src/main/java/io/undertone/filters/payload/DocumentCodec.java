package io.undertone.filters.payload;

import io.undertone.filters.dialect.Dialect;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes one JSON document. One that comes whole, and in which nothing could be hidden, passes as it is; it does not matter
 * then where its messages stand. Every other one is edited.
 */
final class DocumentCodec implements Codec {
    private final Dialect dialect;
    private final Decider decider;
    private final Consumer<HiddenMessage> hidden;
    private final int limit;
    private final boolean canBeDropped;

    /** What has read a document that passed. */
    private @Nullable JsonScanner passed;

    /** What was found out about the list in a document that did not pass. */
    private OpenList read = new OpenList();

    /** Takes what did not pass. */
    private @Nullable DocumentEditor editor;

    /**
     * @param limit the most bytes that are held to judge one message
     * @param canBeDropped whether nothing at all may come out of the document, as of a frame among others
     */
    DocumentCodec(Dialect dialect, Decider decider, Consumer<HiddenMessage> hidden, int limit, boolean canBeDropped) {
        this.dialect = dialect;
        this.decider = decider;
        this.hidden = hidden;
        this.limit = limit;
        this.canBeDropped = canBeDropped;
    }

    @Override
    public void feed(byte[] bytes, int offset, int length, Sink out) {
        if (editor == null) {
            if (length == 0 || passes(bytes, offset, length, out)) {
                return;
            }
            editor = new DocumentEditor(
                    dialect,
                    decider,
                    hidden,
                    limit,
                    canBeDropped,
                    passed == null ? new JsonScanner(decider) : passed,
                    read);
        }
        editor.feed(bytes, offset, length, out);
    }

    private boolean passes(byte[] bytes, int offset, int length, Sink out) {
        if (passed != null || !mayPass(bytes, offset, length)) {
            return false;
        }
        JsonScanner scanner = new JsonScanner(decider);
        if (isHarmless(scanner, bytes, offset, offset + length)) {
            passed = scanner;
            out.write(bytes, offset, length);
            return true;
        }
        read = scanner.list;
        return false;
    }

    /** Whether it is worth a look if these bytes are a whole document that is harmless. */
    private boolean mayPass(byte[] bytes, int offset, int length) {
        // A frame may announce messages of which later ones are hidden, and a larger document may hold too large a
        // message.
        return length <= limit
                && JsonBytes.mayEndDocument(bytes[offset + length - 1])
                && !decider.readsEveryDocument()
                && !(canBeDropped && dialect.isCounted());
    }

    private static boolean isHarmless(JsonScanner scanner, byte[] bytes, int from, int to) {
        scanner.shift(-from);
        try {
            scanner.readToDoubt(bytes, to);
        } catch (UnreadablePayloadException e) {
            // Said again when what stands before it is edited.
            return false;
        }
        if (scanner.mayBeHidden() || !scanner.isComplete() || scanner.settled() < to) {
            return false;
        }
        scanner.shift(to);
        return true;
    }

    @Override
    public void end(Sink out) {
        if (editor != null) {
            editor.end(out);
        }
    }

    @Override
    public void giveBack(Sink rest) {
        if (editor != null) {
            editor.giveBack(rest);
        }
    }

    /** Whether the document was one message, and hidden. */
    boolean isDropped() {
        return editor != null && editor.isDropped();
    }
}
