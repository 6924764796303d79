package dev.sallyport.key;

import dev.sallyport.credential.Carried;
import dev.sallyport.credential.CredentialStore;
import dev.sallyport.identity.Caller;
import dev.sallyport.sql.Transaction;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;

/** The decision that let a call in is older than the transaction of its change: there it counts what is true now. */
final class CallerCheck {

    private final CredentialStore credentials;

    CallerCheck(CredentialStore credentials) {
        this.credentials = credentials;
    }

    /** Takes the caller's credential until the commit, if it is live and carries what is asked; its owner is held before. */
    boolean hold(Transaction transaction, Caller caller, Instant now, Predicate<Carried> asked) {
        return isCarrying(
                caller,
                () -> credentials.holdLive(
                        transaction,
                        caller.organization().id(),
                        caller.credential().id(),
                        now),
                asked);
    }

    /** The same without taking it: two who edit each other's keys would wait for one another. */
    boolean sees(Transaction transaction, Caller caller, Instant now, Predicate<Carried> asked) {
        return isCarrying(
                caller,
                () -> credentials.live(
                        transaction,
                        caller.organization().id(),
                        caller.credential().id(),
                        caller.principal().epoch(),
                        now),
                asked);
    }

    /** Takes the row of the caller's principal until the commit, if it is active and of the same epoch. */
    boolean holdPrincipal(Transaction transaction, Caller caller) {
        var principal = caller.principal();
        return credentials.holdOwner(transaction, caller.organization().id(), principal.id(), principal.epoch());
    }

    private static boolean isCarrying(
            Caller caller, java.util.function.Supplier<Optional<Carried>> carried, Predicate<Carried> asked) {
        return switch (caller.credential().kind()) {
            case PERSONAL_ACCESS_TOKEN, SERVICE_ACCESS_TOKEN, APPLICATION_KEY ->
                carried.get().filter(asked).isPresent();
            // They open no operation of this kind, or are used up by their redemption and never call.
            case API_KEY, SETUP_LINK, INVITATION -> false;
        };
    }
}
