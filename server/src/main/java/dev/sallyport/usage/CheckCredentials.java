package dev.sallyport.usage;

import dev.sallyport.identity.Caller;
import dev.sallyport.identity.CredentialId;
import dev.sallyport.sql.Database;
import dev.sallyport.sql.Transaction;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Looks over the live credentials of an organization for those whose calls look like another kind's. */
final class CheckCredentials {

    /** @param after the id after which to begin; empty for the first */
    record Request(int days, int most, String after) {}

    record Finding(Misfit misfit, Traffic traffic) {}

    /**
     * @param checked how many credentials were looked at
     * @param next where to go on; empty where that was all
     */
    record Checked(UsageWindow window, int checked, List<Finding> findings, Optional<CredentialId> next) {
        Checked {
            findings = List.copyOf(findings);
        }
    }

    private final Database database;
    private final TrafficStore credentials = new TrafficStore();
    private final CallStore calls = new CallStore();
    private final InstantSource clock;

    CheckCredentials(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    Checked check(Caller caller, Request request) {
        return database.reading(transaction -> check(transaction, caller, request));
    }

    private Checked check(Transaction transaction, Caller caller, Request request) {
        var organization = caller.organization().id();
        var now = clock.instant();
        var window = UsageWindow.of(request.days(), calls.since(transaction), now);
        var found = credentials.live(transaction, organization, request.after(), request.most() + 1, now);
        var page = found.subList(0, Math.min(request.most(), found.size()));
        if (page.isEmpty()) {
            return new Checked(window, 0, List.of(), Optional.empty());
        }
        var last = page.getLast().credential().id();
        var days = calls.days(transaction, organization, request.after(), last, window.firstDay()).stream()
                .collect(Collectors.groupingBy(CallStore.Day::credential));
        var findings = new ArrayList<Finding>();
        for (var live : page) {
            var traffic = new Traffic(
                    live.credential(),
                    live.isOfService(),
                    window,
                    days.getOrDefault(live.credential().id(), List.of()));
            Misfit.of(traffic).ifPresent(misfit -> findings.add(new Finding(misfit, traffic)));
        }
        return new Checked(
                window, page.size(), findings, found.size() > page.size() ? Optional.of(last) : Optional.empty());
    }
}
