package io.undertone.filters.transcript;

import io.undertone.filters.dialect.Dialect;
import io.undertone.filters.keyword.Audience;
import io.undertone.filters.keyword.KeywordSet;
import io.undertone.filters.payload.PayloadType;
import io.undertone.filters.payload.PayloadTypes;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Takes out of a stored transcript what its reader may not see, so that it can be mailed or exported. What is kept is
 * identical to the byte; nothing is renumbered.
 *
 * <p>A transcript is the XML of a Universal Contact Server, alone or within a larger export, in UTF-8, UTF-16, ISO-8859-1 or
 * US-ASCII; or JSON in a {@link Dialect}, one document or one a line. Which of them it is shows in how it begins. It is read as a stream: memory
 * grows with the largest event ({@value #EVENT_LIMIT} characters at most) and the number of participants in one chat.
 *
 * <p>An XML event is taken out if
 *
 * <ul>
 *   <li>its participant is hidden, by nickname and kind, as learnt from its {@code newParty};
 *   <li>its words, user data, file names or its participant's nickname carry a keyword that applies to the participant's
 *       kind; one that was not announced counts as anyone but the customer;
 *   <li>its own {@code visibility} is one that the audience may not see. None is {@code ALL}, and one that nobody here has
 *       heard of is for supervisors.
 * </ul>
 *
 * The white space before it goes with it. A document type declaration is refused, whatever it says.
 *
 * <p>Immutable and safe for any number of threads.
 */
public final class TranscriptScrubber {
    /** The most characters of one event, with the white space and the comments before it. */
    public static final int EVENT_LIMIT = 1 << 20;

    /** How much is looked at before anything is decided: an XML declaration fits in. */
    private static final int HEAD = 4096;

    private final KeywordSet keywords;
    private final Audience audience;
    private final Dialect dialect;

    /**
     * @param keywords what is hidden
     * @param audience who will read the scrubbed transcript, most often {@link Audience#CUSTOMER}
     * @param dialect how to read a transcript that is JSON
     */
    public TranscriptScrubber(KeywordSet keywords, Audience audience, Dialect dialect) {
        this.keywords = keywords;
        this.audience = audience;
        this.dialect = dialect;
    }

    /**
     * Scrubs one transcript. Neither stream is closed; the output is flushed at the end.
     *
     * @param out takes the transcript as it is judged. After an exception it holds the beginning of one at most: write to a
     *     temporary file, and put it in its place when this method has returned
     * @throws UnreadableTranscriptException if the transcript cannot be judged; it says where and why
     * @throws IOException if a stream fails
     */
    public ScrubSummary scrub(InputStream in, OutputStream out) throws IOException {
        BufferedInputStream transcript = new BufferedInputStream(in, HEAD);
        byte[] head = beginning(transcript, HEAD);
        return switch (firstCharacter(head)) {
            case '<' -> new XmlTranscript(keywords, audience).scrub(head, transcript, out);
            case '{', '[' -> {
                // Whether something stands behind the first line's document shows where that line ends.
                PayloadType type = PayloadTypes.guess(beginning(transcript, EVENT_LIMIT));
                yield new JsonTranscript(type, keywords, audience, dialect).scrub(transcript, out);
            }
            default ->
                throw new UnreadableTranscriptException(
                        1, 1, "this is no transcript: it begins neither like XML (<) nor like JSON ({ or [)");
        };
    }

    private static byte[] beginning(BufferedInputStream transcript, int length) throws IOException {
        transcript.mark(length);
        byte[] beginning = transcript.readNBytes(length);
        transcript.reset();
        return beginning;
    }

    /** The first ASCII character that is neither white space nor a part of a byte order mark, 0 if there is none. */
    private static char firstCharacter(byte[] head) {
        for (byte b : head) {
            if (b > ' ') {
                return (char) b;
            }
        }
        return 0;
    }
}
