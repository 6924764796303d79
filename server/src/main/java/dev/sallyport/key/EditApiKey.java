package dev.sallyport.key;

import dev.sallyport.audit.Actor;
import dev.sallyport.audit.Asset;
import dev.sallyport.audit.AuditAction;
import dev.sallyport.audit.ChangeTrail;
import dev.sallyport.credential.CredentialStore;
import dev.sallyport.credential.Credentials;
import dev.sallyport.feed.Feed;
import dev.sallyport.feed.Outcome;
import dev.sallyport.identity.Caller;
import dev.sallyport.identity.CredentialId;
import dev.sallyport.identity.DisplayName;
import dev.sallyport.sql.Transaction;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Renames an API key, or changes what it is for. */
final class EditApiKey {

    /** What is null is kept. */
    record Request(
            CredentialId id,
            @Nullable String name,
            @Nullable String category,
            @Nullable Boolean isRemoteConfigReadEnabled) {}

    sealed interface Result {
        record Edited(ApiKey key) implements Result {}

        record NotFound() implements Result {}

        record Refused(Refusal refusal) implements Result {}
    }

    private final Feed feed;
    private final CredentialStore credentials;
    private final ApiKeyStore keys;
    private final KeyOwnerStore owners;
    private final ChangeTrail trail;
    private final CallerCheck callerCheck;
    private final InstantSource clock;

    EditApiKey(
            Feed feed,
            CredentialStore credentials,
            ApiKeyStore keys,
            KeyOwnerStore owners,
            ChangeTrail trail,
            CallerCheck callerCheck,
            InstantSource clock) {
        this.feed = feed;
        this.credentials = credentials;
        this.keys = keys;
        this.owners = owners;
        this.trail = trail;
        this.callerCheck = callerCheck;
        this.clock = clock;
    }

    Result edit(Caller caller, Request request) {
        var problem = request.name() == null ? Optional.<String>empty() : DisplayName.problemWith(request.name());
        if (problem.isPresent()) {
            return new Result.Refused(new Refusal.InvalidName(problem.get()));
        }
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return feed.change(transaction -> edit(transaction, caller, request, now));
    }

    private Outcome<Result> edit(Transaction transaction, Caller caller, Request request, Instant now) {
        var organization = caller.organization().id();
        if (!callerCheck.sees(transaction, caller, now, _ -> true)) {
            return Outcome.unchanged(new Result.Refused(new Refusal.NoLongerAllowed()));
        }
        owners.holdOrganization(transaction, organization);
        var found = keys.find(transaction, organization, request.id());
        if (found.isEmpty()) {
            return Outcome.unchanged(new Result.NotFound());
        }
        var key = found.get();
        var name = request.name() == null ? key.credential().name() : request.name();
        var named = keys.named(transaction, organization, name);
        return named.isPresent() && !named.get().equals(request.id())
                ? Outcome.unchanged(new Result.Refused(new Refusal.NameTaken()))
                : change(transaction, caller, key, name, request, now);
    }

    private Outcome<Result> change(
            Transaction transaction, Caller caller, ApiKey key, String name, Request request, Instant now) {
        var organization = caller.organization().id();
        var id = key.credential().id();
        var edit = new CredentialStore.Edit(organization, id, name, Optional.empty());
        if (!credentials.edit(transaction, edit, caller.principal().id(), now)) {
            return Outcome.unchanged(new Result.NotFound());
        }
        var category = request.category() == null ? key.category() : request.category();
        var isReading = request.isRemoteConfigReadEnabled() == null
                ? key.isRemoteConfigReadEnabled()
                : request.isRemoteConfigReadEnabled();
        keys.edit(transaction, new ApiKey(key.credential(), category, isReading));
        trail.record(
                transaction,
                Actor.of(caller),
                AuditAction.API_KEY_EDITED,
                new Asset(id.toString(), name),
                Map.of(
                        "name_before", key.credential().name(),
                        "category_before", key.category(),
                        "category", category,
                        "remote_config_read_enabled", String.valueOf(isReading)),
                now);
        var edited = keys.find(transaction, organization, id).orElseThrow();
        return Outcome.changed(Credentials.change(organization, id), new Result.Edited(edited));
    }
}
