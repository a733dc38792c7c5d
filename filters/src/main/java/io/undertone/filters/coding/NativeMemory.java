package io.undertone.filters.coding;

import java.lang.ref.Cleaner;

/** Frees the memory of native decoders whose exchange nobody ended. */
final class NativeMemory {
    static final Cleaner CLEANER = Cleaner.create();

    private NativeMemory() {}
}
