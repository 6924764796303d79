package dev.sallyport.credential;

import dev.sallyport.feed.Change;
import dev.sallyport.feed.ChangeKind;
import dev.sallyport.identity.CredentialId;
import dev.sallyport.identity.CredentialKind;
import dev.sallyport.identity.OrganizationId;
import dev.sallyport.sql.Transaction;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** Every stored credential, whatever its kind. */
public final class Credentials {

    /** A credential came or changed; the subject is its id. */
    public static final ChangeKind KIND = new ChangeKind("credential");

    /** Credentials ended together; the subject is the id of the act that ended them. */
    public static final ChangeKind REVOCATION = new ChangeKind("revocation");

    /** The kinds that this table keeps. */
    static final List<CredentialKind> STORED = List.of(
            CredentialKind.PERSONAL_ACCESS_TOKEN,
            CredentialKind.SERVICE_ACCESS_TOKEN,
            CredentialKind.APPLICATION_KEY,
            CredentialKind.API_KEY);

    private final CredentialFactStore facts = new CredentialFactStore();

    public static Change change(OrganizationId organization, CredentialId id) {
        return new Change(KIND, organization.value(), id.toString());
    }

    /** Every credential of every organization that is not revoked and ends after that moment, one by one. */
    public void facts(Transaction transaction, Instant expiringAfter, Consumer<CredentialFact> consumer) {
        facts.each(transaction, expiringAfter, consumer);
    }

    /** Every credential of one organization that is not revoked. */
    public void facts(Transaction transaction, OrganizationId organization, Consumer<CredentialFact> consumer) {
        facts.of(transaction, organization, consumer);
    }

    /** One credential in whatever state. */
    public Optional<CredentialFact> fact(Transaction transaction, OrganizationId organization, CredentialId id) {
        return facts.find(transaction, organization, id);
    }

    /** What one act ended. */
    public void revoked(
            Transaction transaction, OrganizationId organization, UUID revocation, Consumer<CredentialFact> consumer) {
        facts.revoked(transaction, organization, revocation, consumer);
    }
}
