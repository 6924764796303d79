package dev.sallyport.authentication;

import dev.sallyport.catalogue.Catalogue;
import dev.sallyport.directory.Directory;
import dev.sallyport.feed.Change;
import dev.sallyport.feed.Follower;
import dev.sallyport.identity.Credential;
import dev.sallyport.identity.CredentialId;
import dev.sallyport.identity.CredentialKind;
import dev.sallyport.identity.OrganizationId;
import dev.sallyport.identity.PrincipalId;
import dev.sallyport.identity.Uuids;
import dev.sallyport.permission.Authority;
import dev.sallyport.permission.Permissions;
import dev.sallyport.secret.Digest;
import dev.sallyport.sql.Transaction;
import dev.sallyport.token.TokenFact;
import dev.sallyport.token.Tokens;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/** Keeps a {@link Replica} in step with the database. */
public final class ReplicaFollower implements Follower {

    /** A credential that ended stays known for a while, so that the trail can say which one was shown. */
    private static final Duration REMEMBERED = Duration.ofDays(30);

    /** Most credentials share few sets of scopes; beyond this many, sets are no longer shared. */
    private static final int SHARED_SCOPE_SETS = 100_000;

    private final Replica replica;
    private final Directory directory;
    private final Tokens tokens;
    private final Catalogue catalogue;
    private final Permissions permissions;
    private final InstantSource clock;
    private final Map<String, Authority> scopeSets = new HashMap<>();

    public ReplicaFollower(
            Replica replica,
            Directory directory,
            Tokens tokens,
            Catalogue catalogue,
            Permissions permissions,
            InstantSource clock) {
        this.replica = replica;
        this.directory = directory;
        this.tokens = tokens;
        this.catalogue = catalogue;
        this.permissions = permissions;
        this.clock = clock;
    }

    /** APIs first, because they bring permissions; owners before what they own. */
    @Override
    public void load(Transaction transaction) {
        catalogue.all(transaction, replica::put);
        directory.organizations(transaction, replica::put);
        directory.users(transaction, replica::put);
        tokens.facts(transaction, clock.instant().minus(REMEMBERED), fact -> replica.put(stored(fact)));
    }

    @Override
    public void apply(Transaction transaction, Change change) {
        var organization = new OrganizationId(change.organization());
        if (change.kind().equals(Tokens.KIND)) {
            Uuids.parse(change.subject())
                    .flatMap(id -> tokens.fact(transaction, organization, new CredentialId(id)))
                    .ifPresent(fact -> replica.put(stored(fact)));
        } else if (change.kind().equals(Directory.PRINCIPAL)) {
            Uuids.parse(change.subject())
                    .flatMap(id -> directory.user(transaction, organization, new PrincipalId(id)))
                    .ifPresent(replica::put);
        } else if (change.kind().equals(Directory.ORGANIZATION)) {
            directory.organization(transaction, organization).ifPresent(replica::put);
            directory.users(transaction, organization, replica::put);
            tokens.facts(transaction, organization, fact -> replica.put(stored(fact)));
        } else if (change.kind().equals(Catalogue.KIND)) {
            catalogue.read(transaction, change.subject()).ifPresent(replica::put);
        }
    }

    private StoredCredential stored(TokenFact fact) {
        var credential = new Credential(
                fact.id(),
                CredentialKind.PERSONAL_ACCESS_TOKEN,
                fact.name(),
                scopes(fact.scopes()),
                fact.expiresAt(),
                fact.mintedBy());
        return new StoredCredential(
                credential, Digest.of(fact.digest()), replica.owner(fact.owner()), fact.ownerEpoch(), fact.isRevoked());
    }

    private Authority scopes(String names) {
        var shared = scopeSets.get(names);
        if (shared != null) {
            return shared;
        }
        var authority = permissions.ofStored(names);
        if (scopeSets.size() < SHARED_SCOPE_SETS) {
            scopeSets.put(names, authority);
        }
        return authority;
    }
}
