package io.undertone.webapp.proxy;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32;

/** A filter that sees what goes by, as the veil does, and counts a write that came before the output was ready. */
final class Watching extends OutputFilter {
    private static final long serialVersionUID = 1L;

    final CRC32 seen = new CRC32();
    final AtomicLong unready = new AtomicLong();

    @Override
    ServletOutputStream around(ServletOutputStream output) {
        return new Output(output);
    }

    private final class Output extends ServletOutputStream {
        private final ServletOutputStream output;
        private boolean ready;

        Output(ServletOutputStream output) {
            this.output = output;
        }

        @Override
        public boolean isReady() {
            ready = output.isReady();
            return ready;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            output.setWriteListener(listener);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            use();
            seen.update(bytes, offset, length);
            output.write(bytes, offset, length);
        }

        @Override
        public void write(int oneByte) throws IOException {
            write(new byte[] {(byte) oneByte}, 0, 1);
        }

        @Override
        public void flush() throws IOException {
            use();
            output.flush();
        }

        private void use() {
            if (!ready) {
                unready.incrementAndGet();
            }
            ready = false;
        }
    }
}
