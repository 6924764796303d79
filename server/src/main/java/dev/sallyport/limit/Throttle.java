package dev.sallyport.limit;

import dev.sallyport.identity.CredentialId;
import dev.sallyport.identity.OrganizationId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Counts the calls that are limited, in memory: each node for itself, and from nothing after a start. Calls of an organization
 * that set no limits cost one look-up.
 */
public final class Throttle {

    /** What counts as a fresh meter would is thrown away when there are so many. */
    private static final int MANY_METERS = 100_000;

    private static final long NANOS_PER_MICRO = 1_000;

    private final Map<OrganizationId, Limited> limited = new ConcurrentHashMap<>();

    /** An organization's limits and what was counted; the counts outlive a change of the limits. */
    private static final class Limited {
        private final Meter meter = new Meter();
        private final Map<CredentialId, Meter> meters = new ConcurrentHashMap<>();
        private final AtomicInteger swept = new AtomicInteger(MANY_METERS);
        private volatile CallLimits limits = CallLimits.NONE;

        Meter meter(CredentialId id, long now) {
            var known = meters.get(id);
            if (known != null) {
                return known;
            }
            sweep(now);
            return meters.computeIfAbsent(id, _ -> new Meter());
        }

        /** One thread at a time, and again only when there are twice as many as it left. */
        private void sweep(long now) {
            var bound = swept.get();
            if (meters.size() >= bound && swept.compareAndSet(bound, Integer.MAX_VALUE)) {
                meters.values().removeIf(meter -> meter.isIdle(now));
                swept.set(Math.max(MANY_METERS, meters.size() * 2));
            }
        }
    }

    /** Organizations that set limits now are told again. Called by the feed's follower, as is what follows. */
    void forget() {
        limited.clear();
    }

    void put(OrganizationId organization, CallLimits limits) {
        if (limits.isFree()) {
            limited.remove(organization);
        } else {
            limited.computeIfAbsent(organization, _ -> new Limited()).limits = limits;
        }
    }

    /**
     * Counts one call, first for its credential and, if that lets it, for its organization. Never blocks.
     *
     * @param nowMicros since 1970
     */
    public Standing take(OrganizationId organization, CredentialId credential, long nowMicros) {
        return take(organization, credential, nowMicros, true);
    }

    /** The same for its credential alone: of a call that came from where that credential may not be used. */
    public Standing takeApart(OrganizationId organization, CredentialId credential, long nowMicros) {
        return take(organization, credential, nowMicros, false);
    }

    private Standing take(
            OrganizationId organization, CredentialId credential, long nowMicros, boolean isOfOrganization) {
        var found = limited.get(organization);
        if (found == null) {
            return Standing.FREE;
        }
        var now = nowMicros * NANOS_PER_MICRO;
        var limits = found.limits;
        var own = limits.of(credential);
        var windows = new ArrayList<Standing.Window>(4);
        Standing.Window exhausted = null;
        if (!own.isFree()) {
            exhausted = take("credential", own, found.meter(credential, now), now, windows);
        }
        if (isOfOrganization && !limits.organization().isFree()) {
            exhausted = exhausted == null
                    ? take("organization", limits.organization(), found.meter, now, windows)
                    : exhausted;
        }
        return new Standing(windows, exhausted);
    }

    /** The window that refused; null where none did. */
    private static Standing.@Nullable Window take(
            String whose, Pace pace, Meter meter, long now, List<Standing.Window> windows) {
        var taken = meter.take(pace, now);
        var perSecond = pace.perSecond();
        Standing.Window ofSecond = null;
        if (perSecond != null) {
            ofSecond = new Standing.Window(whose + "-second", perSecond, 1, meter.leftOfSecond(perSecond, now), 1);
            windows.add(ofSecond);
        }
        var perDay = pace.perDay();
        Standing.Window ofDay = null;
        if (perDay != null) {
            var left = meter.leftOfDay(perDay, now);
            ofDay = new Standing.Window(whose + "-day", perDay, 86_400, left, Meter.secondsToMidnight(now));
            windows.add(ofDay);
        }
        return switch (taken) {
            case YES -> null;
            case NOT_OF_SECOND -> ofSecond;
            case NOT_OF_DAY -> ofDay;
        };
    }
}
