package io.undertone.server.jetty;

import io.undertone.webapp.Problem;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Answers what nobody else has answered with a problem document: no page of Jetty's, no stack, no name of a class. */
final class ProblemErrorHandler extends ErrorHandler {
    private static final long RETRY_AFTER_SECONDS = 1;

    @Override
    public boolean errorPageForMethod(String method) {
        return true;
    }

    @Override
    protected void generateResponse(
            Request request, Response response, int code, String message, Throwable cause, Callback callback) {
        byte[] body = new Problem(code, HttpStatus.getMessage(code), detail(code, message)).toJson();
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, Problem.MEDIA_TYPE);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        if (code == HttpStatus.SERVICE_UNAVAILABLE_503) {
            // This server is about to stop: the next request has to find another one, or this one started anew.
            response.getHeaders().put(HttpHeader.RETRY_AFTER, RETRY_AFTER_SECONDS);
            if (request.getConnectionMetaData().getHttpVersion().getVersion() < HttpVersion.HTTP_2.getVersion()) {
                response.getHeaders().put(HttpFields.CONNECTION_CLOSE);
            }
        }
        response.write(true, ByteBuffer.wrap(body), callback);
    }

    /** A message about the caller's own request helps the caller; one about our failure is for the log. */
    private static String detail(int code, String message) {
        if (HttpStatus.isServerError(code)) {
            return "This request failed here. Try again in a moment.";
        }
        return "This request is not one that can be served (" + message + ").";
    }
}
