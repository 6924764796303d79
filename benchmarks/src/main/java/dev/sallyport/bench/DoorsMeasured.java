package dev.sallyport.bench;

import java.util.List;

/** What one run found out about the doors. */
record DoorsMeasured(Machine machine, List<Row> rows) {

    DoorsMeasured {
        rows = List.copyOf(rows);
    }

    /**
     * Medians of a load's rounds.
     *
     * @param perSecond decisions
     * @param beside what it is compared with, in the same rounds
     * @param ratio to that
     * @param aim the least that the ratio should be
     */
    record Row(String what, double perSecond, double serverMicrosEach, String beside, double ratio, double aim) {}
}
