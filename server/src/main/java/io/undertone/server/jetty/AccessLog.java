package io.undertone.server.jetty;

import io.undertone.webapp.config.ConfigException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.jetty.server.CustomRequestLog;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.server.RequestLogWriter;

/**
 * One line for each request of a customer: address, time, method, path, version, status, bytes, milliseconds. A query never
 * stands there, as the keys of sessions do stand in queries.
 */
final class AccessLog {
    private static final String FORMAT = "%{client}a %{yyyy-MM-dd'T'HH:mm:ss.SSS'Z'|UTC}t \"%m %U %H\" %s %O %{ms}T";

    private AccessLog() {}

    /** @throws ConfigException if nothing can be written there */
    static RequestLog to(Path file, String connector) {
        Path directory = file.toAbsolutePath().getParent();
        if (directory == null || !Files.isWritable(directory) || (Files.exists(file) && !Files.isWritable(file))) {
            throw new ConfigException(List.of("listen.accessLog: " + file
                    + " cannot be written; name a file in a directory that exists and that this user may write to"));
        }
        RequestLogWriter writer = new RequestLogWriter(file.toString());
        writer.setAppend(true);
        CustomRequestLog log = new CustomRequestLog(writer, FORMAT);
        log.setFilter((request, response) ->
                connector.equals(request.getConnectionMetaData().getConnector().getName()));
        return log;
    }
}
