package io.undertone.webapp.probe;

import io.undertone.webapp.config.ProbeConfig;
import io.undertone.webapp.store.Store;
import io.undertone.webapp.store.StoredInquiries;
import io.undertone.webapp.store.StoredVerdicts;

/**
 * What is remembered of interactions beyond one question.
 *
 * @param verdicts that sessions are gone
 * @param inquiries how far the questions are of which another node may be asked the next
 */
public record ProbeMemory(VerdictMemory verdicts, InquiryMemory inquiries) {
    /** One that all nodes with a store have in common, as far as it is there. */
    public static ProbeMemory in(Store store, ProbeConfig config) {
        return new ProbeMemory(
                new LocalVerdictMemory(new StoredVerdictMemory(new StoredVerdicts(store))),
                new StoredInquiryMemory(new StoredInquiries(store), config.faults()));
    }
}
