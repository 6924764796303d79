package dev.sallyport.rule;

import dev.sallyport.identity.Caller;
import dev.sallyport.sql.Database;
import java.time.InstantSource;
import java.util.Set;
import java.util.function.Predicate;

/** What rules would mean for the credentials that exist. */
final class PreviewRules {

    /** @param applied the rules that would end what breaks them already; every rule where none is named */
    record Request(CredentialRules rules, Set<RuleName> applied) {
        Request {
            applied = Set.copyOf(applied);
        }
    }

    private final Database database;
    private final RuleStore store;
    private final InstantSource clock;

    PreviewRules(Database database, RuleStore store, InstantSource clock) {
        this.database = database;
        this.store = store;
        this.clock = clock;
    }

    Findings preview(Caller caller, Request request) {
        var now = clock.instant();
        Predicate<RuleName> isChosen = request.applied().isEmpty() ? _ -> true : request.applied()::contains;
        return database.reading(transaction -> {
            var findings = new Findings(isChosen);
            store.live(
                    transaction,
                    caller.organization().id(),
                    now,
                    credential -> findings.add(credential, request.rules().brokenBy(credential, now)));
            return findings;
        });
    }
}
