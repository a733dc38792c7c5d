package io.undertone.webapp.proxy;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A filter that lets a failed write come back late: the container has all the time to report the failure by a thread of its own
 * meanwhile. It sees the report when all that listened before it, the proxy first of all, have heard of it.
 */
final class SlowReturns extends OutputFilter {
    private static final long serialVersionUID = 1L;

    final CountDownLatch writeHasFailed = new CountDownLatch(1);
    /** For each report, whether a write of another thread had yet to come back. */
    final List<Boolean> reports = new CopyOnWriteArrayList<>();

    private transient volatile @Nullable Thread writing;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        super.doFilter(request, response, chain);
        if (request.isAsyncStarted()) {
            request.getAsyncContext().addListener(new Reports());
        }
    }

    @Override
    ServletOutputStream around(ServletOutputStream output) {
        return new Output(output);
    }

    private interface Write {
        void run() throws IOException;
    }

    private void write(Write write) throws IOException {
        writing = Thread.currentThread();
        try {
            write.run();
        } catch (IOException failure) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(500));
            writeHasFailed.countDown();
            throw failure;
        } finally {
            writing = null;
        }
    }

    private final class Output extends ServletOutputStream {
        private final ServletOutputStream output;

        Output(ServletOutputStream output) {
            this.output = output;
        }

        @Override
        public boolean isReady() {
            return output.isReady();
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            output.setWriteListener(listener);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            SlowReturns.this.write(() -> output.write(bytes, offset, length));
        }

        @Override
        public void write(int oneByte) throws IOException {
            write(new byte[] {(byte) oneByte}, 0, 1);
        }

        @Override
        public void flush() throws IOException {
            SlowReturns.this.write(output::flush);
        }
    }

    private final class Reports implements AsyncListener {
        @Override
        public void onError(AsyncEvent event) {
            Thread other = writing;
            reports.add(other != null && other != Thread.currentThread());
        }

        @Override
        public void onComplete(AsyncEvent event) {
            // Not a report.
        }

        @Override
        public void onTimeout(AsyncEvent event) {
            // Not a report.
        }

        @Override
        public void onStartAsync(AsyncEvent event) {
            // There is one cycle.
        }
    }
}
