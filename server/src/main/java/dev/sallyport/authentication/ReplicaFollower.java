package dev.sallyport.authentication;

import dev.sallyport.catalogue.Catalogue;
import dev.sallyport.credential.CredentialFact;
import dev.sallyport.credential.Credentials;
import dev.sallyport.directory.Directory;
import dev.sallyport.directory.RoleFact;
import dev.sallyport.feed.Change;
import dev.sallyport.feed.Follower;
import dev.sallyport.feed.History;
import dev.sallyport.http.AddressRanges;
import dev.sallyport.identity.Credential;
import dev.sallyport.identity.CredentialId;
import dev.sallyport.identity.OrganizationId;
import dev.sallyport.identity.PrincipalId;
import dev.sallyport.identity.Uuids;
import dev.sallyport.limit.Limits;
import dev.sallyport.permission.Authority;
import dev.sallyport.permission.Permissions;
import dev.sallyport.rule.Rules;
import dev.sallyport.secret.Digest;
import dev.sallyport.sql.Transaction;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Keeps a {@link Replica} in step with the database. */
public final class ReplicaFollower implements Follower {

    /** A credential that ended stays known for a while, so that the trail can say which one was shown. */
    static final Duration REMEMBERED = Duration.ofDays(30);

    /** Texts of so many characters together are not read again. */
    private static final int KNOWN_TEXTS = 4 << 20;

    private final Replica replica;
    private final ReplicaSnapshots snapshots;
    private final Directory directory;
    private final Credentials credentials;
    private final Rules rules;
    private final Limits limits;
    private final Catalogue catalogue;
    private final InstantSource clock;
    private final Texts<Authority> scopeSets;
    private final Texts<AddressRanges> addressSets;

    public ReplicaFollower(
            Replica replica,
            ReplicaSnapshots snapshots,
            Directory directory,
            Credentials credentials,
            Rules rules,
            Limits limits,
            Catalogue catalogue,
            Permissions permissions,
            InstantSource clock) {
        this.replica = replica;
        this.snapshots = snapshots;
        this.directory = directory;
        this.credentials = credentials;
        this.rules = rules;
        this.limits = limits;
        this.catalogue = catalogue;
        this.clock = clock;
        this.scopeSets = new Texts<>(permissions::ofStored);
        this.addressSets = new Texts<>(text -> AddressRanges.ofStored(List.of(text.split(" "))));
    }

    @Override
    public void load(Transaction transaction) {
        replica.forget();
        loadOwners(transaction);
        loadCredentials(transaction);
    }

    @Override
    public long load(Transaction transaction, History history) {
        loadOwners(transaction);
        var kept = snapshots.restore(history);
        if (kept.isPresent()) {
            return kept.getAsLong();
        }
        loadCredentials(transaction);
        return history.head();
    }

    /** APIs first, because they bring permissions; roles before who has them, owners before what they own. */
    private void loadOwners(Transaction transaction) {
        catalogue.all(transaction, replica::put);
        var roles = new HashMap<OrganizationId, List<RoleFact>>();
        directory.roles(
                transaction,
                role -> roles.computeIfAbsent(role.organization(), _ -> new ArrayList<>())
                        .add(role));
        roles.forEach(replica::put);
        rules.addresses(transaction, replica::put);
        limits.load(transaction);
        directory.organizations(transaction, replica::put);
        directory.users(transaction, replica::put);
    }

    private void loadCredentials(Transaction transaction) {
        credentials.facts(transaction, clock.instant().minus(REMEMBERED), this::put);
    }

    @Override
    public void apply(Transaction transaction, Change change) {
        var organization = new OrganizationId(change.organization());
        if (change.kind().equals(Credentials.KIND)) {
            Uuids.parse(change.subject())
                    .flatMap(id -> credentials.fact(transaction, organization, new CredentialId(id)))
                    .ifPresent(this::put);
        } else if (change.kind().equals(Credentials.REVOCATION)) {
            Uuids.parse(change.subject())
                    .ifPresent(id -> credentials.revoked(transaction, organization, id, this::put));
        } else if (change.kind().equals(Rules.KIND)) {
            replica.put(organization, rules.addresses(transaction, organization));
        } else if (change.kind().equals(Limits.KIND)) {
            limits.load(transaction, organization);
        } else if (change.kind().equals(Directory.PRINCIPAL)) {
            Uuids.parse(change.subject())
                    .flatMap(id -> directory.user(transaction, organization, new PrincipalId(id)))
                    .ifPresent(replica::put);
        } else if (change.kind().equals(Directory.ROLES)) {
            replica.put(organization, directory.roles(transaction, organization));
        } else if (change.kind().equals(Directory.ORGANIZATION)) {
            replica.put(organization, directory.roles(transaction, organization));
            replica.put(organization, rules.addresses(transaction, organization));
            directory.organization(transaction, organization).ifPresent(replica::put);
            directory.users(transaction, organization, replica::put);
            credentials.facts(transaction, organization, this::put);
        } else if (change.kind().equals(Catalogue.KIND)) {
            catalogue.read(transaction, change.subject()).ifPresent(replica::put);
        }
        replica.tidy();
    }

    private void put(CredentialFact fact) {
        var owner = fact.owner();
        // An API key is the organization's own.
        var holder = owner == null ? new PrincipalId(fact.organization().value()) : owner;
        var scopes = scopes(fact.scopes());
        var facts = new Credential(
                fact.id(),
                fact.kind(),
                fact.name(),
                scopes == null ? Authority.NONE : scopes,
                fact.expiresAt(),
                fact.mintedBy());
        var binding = new KnownCredential.Binding(
                Digest.of(fact.digest()),
                replica.owner(holder),
                fact.ownerEpoch(),
                scopes != null,
                addresses(fact.addresses()),
                fact.isRevoked());
        replica.put(facts, binding);
    }

    private @Nullable Authority scopes(@Nullable String names) {
        return names == null ? null : scopeSets.read(names);
    }

    private AddressRanges addresses(String ranges) {
        return ranges.isEmpty() ? AddressRanges.ANYWHERE : addressSets.read(ranges);
    }

    /** What stored texts mean: many credentials have the same. */
    private static final class Texts<T> {
        private final Function<String, T> reader;
        private final Map<String, T> known = new HashMap<>();
        private int left = KNOWN_TEXTS;

        Texts(Function<String, T> reader) {
            this.reader = reader;
        }

        T read(String text) {
            var before = known.get(text);
            if (before != null) {
                return before;
            }
            var read = reader.apply(text);
            if (text.length() <= left) {
                left -= text.length();
                known.put(text, read);
            }
            return read;
        }
    }
}
