package dev.sallyport;

import dev.sallyport.audit.Actor;
import dev.sallyport.audit.Asset;
import dev.sallyport.audit.AuditAction;
import dev.sallyport.audit.ChangeTrail;
import dev.sallyport.authentication.Authentication;
import dev.sallyport.authentication.Authenticator;
import dev.sallyport.credential.Inventory;
import dev.sallyport.feed.Feed;
import dev.sallyport.feed.Outcome;
import dev.sallyport.identity.Caller;
import dev.sallyport.identity.Origin;
import dev.sallyport.leak.Leak;
import dev.sallyport.leak.LeakedCredentials;
import dev.sallyport.leak.Proof;
import dev.sallyport.sql.Database;
import dev.sallyport.sql.Micros;
import dev.sallyport.sql.Transaction;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Leaks, told to the credentials that are stored here: proved in memory like a call, ended like any other. */
final class StoredLeaks implements LeakedCredentials {

    private final Authenticator authenticator;
    private final Inventory inventory;
    private final Database database;
    private final Feed feed;
    private final ChangeTrail trail;
    private final InstantSource clock;

    StoredLeaks(
            Authenticator authenticator,
            Inventory inventory,
            Database database,
            Feed feed,
            ChangeTrail trail,
            InstantSource clock) {
        this.authenticator = authenticator;
        this.inventory = inventory;
        this.database = database;
        this.feed = feed;
        this.trail = trail;
        this.clock = clock;
    }

    @Override
    public Optional<Proof> prove(String text) {
        return switch (authenticator.prove(text, Origin.MACHINE, Micros.of(clock.instant()))) {
            case Authentication.Accepted accepted -> Optional.of(proof(accepted.caller(), true));
            case Authentication.Ended ended -> Optional.of(proof(ended.caller(), false));
            case Authentication.Rejected _, Authentication.Absent _ -> Optional.empty();
        };
    }

    private static Proof proof(Caller caller, boolean isLive) {
        var credential = caller.credential();
        return new Proof(caller.organization().id(), credential.id(), credential.kind(), isLive);
    }

    @Override
    public void revoke(Proof proof, Leak leak) {
        var _ = feed.change(transaction -> {
            record(transaction, proof, leak);
            return inventory
                    .revoke(transaction, reporter(proof, leak), proof.organization(), proof.credential(), "leaked")
                    .map(change -> Outcome.changed(change, true))
                    .orElseGet(() -> Outcome.unchanged(false));
        });
    }

    @Override
    public void note(Proof proof, Leak leak) {
        database.inTransaction(transaction -> {
            record(transaction, proof, leak);
            return true;
        });
    }

    private void record(Transaction transaction, Proof proof, Leak leak) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var asset = new Asset(proof.credential().toString(), proof.kind().code());
        trail.record(transaction, reporter(proof, leak), AuditAction.CREDENTIAL_LEAKED, asset, leak.facts(), now);
    }

    /** Nobody who signed in: the report is from outside, and the trail says from where it came. */
    private static Actor reporter(Proof proof, Leak leak) {
        return new Actor(proof.organization(), null, null, leak.origin());
    }
}
