package dev.sallyport.usage;

import dev.sallyport.credential.StoredCredential;
import java.util.List;

/**
 * How a credential was used over some days.
 *
 * @param isOfService whether its owner is a service account
 * @param days those on which it called anything
 */
record Traffic(StoredCredential credential, boolean isOfService, UsageWindow window, List<CallStore.Day> days) {

    /** Nobody is at work in so many hours of one day. */
    static final int MACHINE_HOURS = 20;

    /** Once is a long night, and twice a deadline. */
    static final int MACHINE_DAYS = 3;

    Traffic {
        days = List.copyOf(days);
    }

    long calls() {
        return days.stream().mapToLong(CallStore.Day::calls).sum();
    }

    long allowed() {
        return days.stream().mapToLong(CallStore.Day::allowed).sum();
    }

    /** On how many days it called in so many hours that no person does. */
    long machineDays() {
        return days.stream().filter(day -> day.hours() >= MACHINE_HOURS).count();
    }

    boolean isRoundTheClock() {
        return machineDays() >= MACHINE_DAYS;
    }

    /** Whether it is older than the days that are looked at, all of them were counted, and no call was allowed in them. */
    boolean isUnused() {
        var firstDay = window.firstDay();
        var lastUsed = credential.lastUsedAt();
        return allowed() == 0
                && window.since() <= firstDay
                && UsageWindow.dayOf(credential.createdAt()) < firstDay
                && (lastUsed == null || UsageWindow.dayOf(lastUsed) < firstDay);
    }
}
