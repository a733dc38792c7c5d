package io.undertone.server.sandbox;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The files of one chat session, and the limits that hold for them. Thread-safe. */
final class SharedFiles {
    static final long MAX_FILE_BYTES = 5L << 20;
    static final long MAX_TOTAL_BYTES = 20L << 20;
    private static final int MAX_FILES = 10;
    private static final int MAX_DOWNLOADS = 50;
    private static final List<String> TYPES =
            List.of("bmp", "csv", "doc", "docx", "gif", "jpeg", "jpg", "pdf", "png", "txt", "xls", "xlsx", "zip");

    private final Map<String, SharedFile> byId = new LinkedHashMap<>();
    private int uploads;
    private long uploadedBytes;
    private int downloads;

    /**
     * Keeps a file. A deleted file still counts against the limits.
     *
     * @throws IllegalArgumentException if a limit forbids it; the message says which
     */
    synchronized SharedFile upload(String name, String contentType, byte[] bytes) {
        String type = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        if (!TYPES.contains(type)) {
            throw new IllegalArgumentException("a file of type '" + type + "' is not taken, only " + TYPES);
        }
        if (bytes.length > MAX_FILE_BYTES) {
            throw new IllegalArgumentException("a file may have " + MAX_FILE_BYTES + " bytes, not " + bytes.length);
        }
        if (uploads == MAX_FILES) {
            throw new IllegalArgumentException("no more than " + MAX_FILES + " files can be sent in one chat");
        }
        if (uploadedBytes + bytes.length > MAX_TOTAL_BYTES) {
            throw new IllegalArgumentException("all files of a chat may have " + MAX_TOTAL_BYTES + " bytes together");
        }
        SharedFile file = new SharedFile(name, contentType, bytes);
        byId.put(file.id(), file);
        uploads++;
        uploadedBytes += bytes.length;
        return file;
    }

    /** The file, or empty when it is unknown, deleted, or has been fetched too often. */
    synchronized Optional<SharedFile> download(String id) {
        if (!byId.containsKey(id) || downloads == MAX_DOWNLOADS) {
            return Optional.empty();
        }
        downloads++;
        return Optional.ofNullable(byId.get(id));
    }

    synchronized Optional<SharedFile> delete(String id) {
        return Optional.ofNullable(byId.remove(id));
    }

    /** What is allowed and what is used up, as the {@code file-client-cfg-get} notice spells it: strings all of them. */
    synchronized Map<String, String> limits() {
        Map<String, String> limits = new LinkedHashMap<>();
        limits.put("download-attempts", Integer.toString(MAX_DOWNLOADS));
        limits.put("used-download-attempts", Integer.toString(downloads));
        limits.put("upload-max-files", Integer.toString(MAX_FILES));
        limits.put("used-upload-max-files", Integer.toString(uploads));
        limits.put("upload-max-file-size", Long.toString(MAX_FILE_BYTES));
        limits.put("upload-max-total-size", Long.toString(MAX_TOTAL_BYTES));
        limits.put("used-upload-max-total-size", Long.toString(uploadedBytes));
        limits.put("upload-need-agent", "false");
        limits.put("upload-file-types", String.join(":", TYPES));
        limits.put("delete-file", "true");
        return limits;
    }
}
