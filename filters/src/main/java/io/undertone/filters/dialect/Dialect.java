package io.undertone.filters.dialect;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.undertone.filters.keyword.RawScan;
import io.undertone.filters.keyword.SenderKind;
import io.undertone.filters.keyword.Visibility;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where messages stand in a chat system's payloads, and which of their fields mean what: data, not code. Immutable and safe
 * for any number of threads.
 */
public final class Dialect {
    private static final String ANY = "*";

    private final DialectSource source;
    private final Pattern chatPath;
    private final Pattern downloadPath;
    private final PathTree<Place> places;
    private final PathTree<FieldMark> fields;
    /** Of the fields by which a message is hidden whatever it says, by the names of their members. */
    private final Map<String, Field> tellingNames;

    private final Map<String, Visibility> visibilities = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final PathTree<Boolean> counts;
    private final PathTree<String> harmlessRow;
    private final List<MemberSign> signs;
    private final List<Dialect> candidates;
    private final boolean isScannable;
    private final Findings<Dialect> speakers = new Findings<>(this::speaker);
    private final Findings<ChatPath> chatPaths = new Findings<>(this::chatPath);

    /**
     * @param known the dialects that this one may name, as candidates or as those that it is like
     * @throws IllegalArgumentException if a path or a pattern is none, or a dialect is not known
     */
    public Dialect(DialectSource written, Function<String, Optional<Dialect>> known) {
        DialectSource whole = written;
        for (Dialect like : named(written.like(), known)) {
            whole = whole.with(like.source);
        }
        source = whole;
        chatPath = Pattern.compile(source.chatPath());
        downloadPath = Pattern.compile(source.downloadPath());
        Map<String, Place> marks = new LinkedHashMap<>();
        source.words().forEach(path -> marks.put(path, Place.WORDS));
        source.session().forEach(path -> marks.put(path, Place.SESSION));
        source.chatId().forEach(path -> marks.put(path, Place.CHAT_ID));
        source.messages().forEach(path -> marks.put(path, Place.MESSAGES));
        source.rows().forEach(path -> marks.put(path, Place.ROWS));
        places = PathTree.of(marks);
        Map<String, Field> fieldsByPath = new LinkedHashMap<>();
        source.fields().forEach((field, paths) -> paths.forEach(path -> fieldsByPath.put(path, field)));
        Map<String, Set<String>> words = new LinkedHashMap<>();
        source.vocabulary().forEach((path, all) -> words.put(path, Set.copyOf(all)));
        PathTree<FieldMark> plain = PathTree.joined(
                PathTree.of(fieldsByPath),
                PathTree.of(words),
                (field, vocabulary) -> new FieldMark(field, vocabulary, null));
        fields = PathTree.joined(plain, PathTree.of(source.decode()), FieldMark::of);
        tellingNames = fieldsByPath.entrySet().stream()
                .filter(field -> field.getValue() == Field.VISIBILITY || field.getValue() == Field.PARTICIPANT)
                .collect(Collectors.toMap(
                        field -> field.getKey().substring(field.getKey().lastIndexOf('.') + 1),
                        Map.Entry::getValue,
                        (one, other) -> one));
        Stream.of(Visibility.values()).forEach(common -> visibilities.put(common.name(), common));
        visibilities.putAll(source.visibilities());
        Map<String, Boolean> countsByPath = new LinkedHashMap<>();
        source.counts().forEach(path -> countsByPath.put(path, true));
        counts = PathTree.of(countsByPath);
        harmlessRow = PathTree.of(source.harmlessRow());
        signs = MemberSign.of(source.ended(), source.goesOn());
        candidates = named(source.candidates(), known);
        isScannable = source.decode().isEmpty()
                && source.fields().getOrDefault(Field.VISIBILITY, List.of()).stream()
                        .allMatch(Dialect::leadsThroughCue)
                && source.addresses().stream().allMatch(Dialect::isCue);
    }

    private static List<Dialect> named(List<String> names, Function<String, Optional<Dialect>> known) {
        return names.stream()
                .map(name -> known.apply(name)
                        .orElseThrow(() -> new IllegalArgumentException("'" + name + "' is no dialect")))
                .toList();
    }

    private static boolean leadsThroughCue(String path) {
        return Stream.of(path.split("[.\\[\\]]+", -1)).anyMatch(Dialect::isCue);
    }

    /** Whether scans find a name or value. */
    private static boolean isCue(String word) {
        return RawScan.CUES.contains(word.toLowerCase(Locale.ROOT));
    }

    /** What configuration calls it. */
    public String name() {
        return source.name();
    }

    /** Whether it is the dialect of that name, or has all of its places and values. */
    public boolean isLike(String name) {
        return source.name().equals(name) || source.like().contains(name);
    }

    /** Whether it stands for others, so that a path may be none of a chat's. */
    public boolean isChooser() {
        return !candidates.isEmpty();
    }

    /** The dialect that speaks under a request's path: this one, or the first of its candidates that knows the path. */
    public Dialect under(String path) {
        return candidates.isEmpty() ? this : speakers.of(path);
    }

    private Dialect speaker(String path) {
        return candidates.stream()
                .filter(candidate -> candidate.chatPath.matches(path))
                .findFirst()
                .orElse(this);
    }

    /** Whether a request's path is one under which a chat is spoken of, and not one that answers with a file. */
    public boolean isChatPath(String path) {
        return chatPaths.of(path).isChat();
    }

    /** The session's id, as far as a request's path names it. */
    public Optional<String> chatIdIn(String path) {
        return chatPaths.of(path).chatId();
    }

    private record ChatPath(boolean isChat, Optional<String> chatId) {}

    private ChatPath chatPath(String path) {
        Matcher matcher = chatPath.matcher(path);
        boolean isKnown = matcher.matches();
        return new ChatPath(
                isKnown && !downloadPath.matches(path),
                isKnown && matcher.groupCount() > 0 ? Optional.ofNullable(matcher.group(1)) : Optional.empty());
    }

    /** The places of a whole document. */
    public PathTree<Place> places() {
        return places;
    }

    /** The places of one message. */
    public PathTree<FieldMark> fields() {
        return fields;
    }

    /** Whether a scan of a message's bytes finds all for which it may have to be hidden. */
    public boolean isScannable() {
        return isScannable;
    }

    /** Whether payloads may say which chat's they are. */
    public boolean namesChats() {
        return !source.chatId().isEmpty();
    }

    /** Whether the words of a message may stand in it in a coding of their own. */
    public boolean isCoded() {
        return !source.decode().isEmpty();
    }

    /** Where a message says how many come with it. */
    public PathTree<Boolean> counts() {
        return counts;
    }

    /** Whether messages say how many come with them. */
    public boolean isCounted() {
        return !source.counts().isEmpty();
    }

    /** What the places of a hidden row hold instead. */
    public PathTree<String> harmlessRow() {
        return harmlessRow;
    }

    /** By what a payload says that its chat ended, any of which is enough, or that it goes on, which takes all. */
    public List<MemberSign> signs() {
        return signs;
    }

    /** Whether a document without a list of messages is a message itself. */
    public boolean isFramed() {
        return source.frames();
    }

    /** Messages that are always delivered: one that has every value of one of these maps. */
    public List<Map<Field, String>> exempt() {
        return source.exempt();
    }

    /**
     * Whether a value is as {@link #exempt} wants it.
     *
     * @param wanted the value, or its beginning and {@code *}
     */
    public static boolean isAsWanted(String wanted, String value) {
        return wanted.endsWith(ANY) ? value.startsWith(wanted.substring(0, wanted.length() - 1)) : value.equals(wanted);
    }

    /** Whether an event of that type renames its sender. */
    public boolean isRename(String type) {
        return source.renames().contains(type);
    }

    /** Whether the text of an event of that type is a percent-encoded address. */
    public boolean isAddress(String type) {
        return source.addresses().contains(type);
    }

    /** What a value of {@link Field#VISIBILITY} means, in any case; one that nobody here has heard of says nothing. */
    public Visibility visibility(String value) {
        return visibilities.getOrDefault(value, Visibility.ALL);
    }

    /** Who may see a message, or who sent it, where a member of that name says so in some place; empty for other names. */
    public Optional<Field> tellingField(String name) {
        return Optional.ofNullable(tellingNames.get(name));
    }

    /** What a value of {@link Field#KIND} means. */
    public SenderKind kind(@Nullable String value) {
        if (value == null) {
            return SenderKind.UNKNOWN;
        }
        SenderKind kind = source.kinds().get(value);
        if (kind == null) {
            kind = source.kinds().get(ANY);
        }
        return kind == null ? SenderKind.of(value) : kind;
    }

    /** Whether the same is written of both. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Dialect dialect && source.equals(dialect.source);
    }

    @Override
    public int hashCode() {
        return source.hashCode();
    }
}
