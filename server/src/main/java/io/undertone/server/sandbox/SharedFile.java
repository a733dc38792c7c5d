package io.undertone.server.sandbox;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A file that a participant has shared. Immutable. */
final class SharedFile {
    private final String id = Ids.fileId();
    private final String name;
    private final String contentType;
    private final byte[] bytes;

    /** @param bytes kept, not copied */
    SharedFile(String name, String contentType, byte[] bytes) {
        this.name = name;
        this.contentType = contentType;
        this.bytes = bytes;
    }

    String id() {
        return id;
    }

    String contentType() {
        return contentType;
    }

    int size() {
        return bytes.length;
    }

    void writeTo(OutputStream out) throws IOException {
        out.write(bytes);
    }

    /** The data of the {@code FileUploaded} and {@code FileDeleted} events; {@code file-id} is what clients need. */
    Map<String, String> userData() {
        return Map.of("file-id", id, "file-name", name, "file-size", Integer.toString(bytes.length));
    }

    /** Makes a browser save the file rather than open it; the name is encoded after RFC 8187. */
    String contentDisposition() {
        String encoded = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
        return "attachment; filename*=UTF-8''" + encoded;
    }
}
