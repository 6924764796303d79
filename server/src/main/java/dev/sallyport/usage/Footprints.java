package dev.sallyport.usage;

import dev.sallyport.catalogue.Operation;
import dev.sallyport.catalogue.ProtectedApi;
import dev.sallyport.credential.StoredCredential;
import dev.sallyport.decision.Decision;
import dev.sallyport.decision.Rehearsal;
import dev.sallyport.identity.Caller;
import dev.sallyport.identity.CredentialId;
import dev.sallyport.sql.Database;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads what a credential was used for. */
final class Footprints {

    private record Read(StoredCredential credential, UsageWindow window, List<CalledOperation> called) {
        Read {
            called = List.copyOf(called);
        }
    }

    private final Database database;
    private final CallStore calls = new CallStore();
    private final CredentialSight sight;
    private final Rehearsal.Stage stage;
    private final Function<String, @Nullable ProtectedApi> apis;
    private final InstantSource clock;

    Footprints(
            Database database,
            CredentialSight sight,
            Rehearsal.Stage stage,
            Function<String, @Nullable ProtectedApi> apis,
            InstantSource clock) {
        this.database = database;
        this.sight = sight;
        this.stage = stage;
        this.apis = apis;
        this.clock = clock;
    }

    /** Empty for a credential that the caller does not see, for whatever reason. */
    Optional<Footprint> of(Caller caller, CredentialId id, int days) {
        var organization = caller.organization().id();
        var now = clock.instant();
        var read = database.reading(transaction -> sight.find(transaction, caller, id, now)
                .map(credential -> {
                    var window = UsageWindow.of(days, calls.since(transaction), now);
                    return new Read(
                            credential, window, calls.operations(transaction, organization, id, window.firstDay()));
                }));
        return read.flatMap(found -> stage.of(organization, id, null)
                .map(rehearsal -> new Footprint(
                        found.credential(),
                        found.window(),
                        found.called().stream()
                                .map(called -> meant(caller, called, rehearsal))
                                .toList(),
                        rehearsal)));
    }

    private UsedOperation meant(Caller caller, CalledOperation called, Rehearsal rehearsal) {
        var api = called.operation().isEmpty() ? null : apis.apply(called.api());
        if (api == null || !api.admits(caller.organization().id())) {
            return new UsedOperation(called, null, List.of());
        }
        return new UsedOperation(called, api, versions(api, called.operation(), rehearsal));
    }

    /** Of versions that share an id, those that the credential can have called; all of them where it is none by now. */
    private static List<Operation> versions(ProtectedApi api, String id, Rehearsal rehearsal) {
        var named = api.operations().named(id);
        var open = named.stream()
                .filter(operation -> rehearsal.decide(api, operation) instanceof Decision.Permit)
                .toList();
        return open.isEmpty() ? named : open;
    }
}
