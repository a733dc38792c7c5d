package io.undertone.filters.coding;

import io.undertone.filters.payload.Sink;
import java.util.List;

/** Takes off several codings, or one, or none, and keeps the measure. */
final class DecoderChain implements Decoder {
    private final List<Decoder> stages;
    private final Expansion expansion = new Expansion();

    /** @param stages in the order in which the codings are taken off */
    DecoderChain(List<Decoder> stages) {
        this.stages = stages;
    }

    @Override
    public void feed(byte[] coded, int offset, int length, Sink decoded) {
        expansion.addCoded(length);
        feedStage(0, coded, offset, length, decoded);
    }

    private void feedStage(int index, byte[] bytes, int offset, int length, Sink decoded) {
        if (index == stages.size()) {
            decoded.write(bytes, offset, length);
            return;
        }
        stages.get(index).feed(bytes, offset, length, (piece, from, count) -> {
            expansion.addDecoded(count);
            feedStage(index + 1, piece, from, count, decoded);
        });
    }

    @Override
    public void end() {
        stages.forEach(Decoder::end);
    }

    @Override
    public void close() {
        stages.forEach(Decoder::close);
    }
}
