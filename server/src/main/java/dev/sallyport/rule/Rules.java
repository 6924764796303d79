package dev.sallyport.rule;

import dev.sallyport.audit.Actor;
import dev.sallyport.audit.ChangeTrail;
import dev.sallyport.credential.CredentialStore;
import dev.sallyport.feed.ChangeKind;
import dev.sallyport.feed.Feed;
import dev.sallyport.http.AddressRanges;
import dev.sallyport.http.Method;
import dev.sallyport.http.Route;
import dev.sallyport.identity.CredentialKind;
import dev.sallyport.identity.OrganizationId;
import dev.sallyport.permission.Permission;
import dev.sallyport.permission.Permissions;
import dev.sallyport.permission.Requirement;
import dev.sallyport.sql.Database;
import dev.sallyport.sql.Transaction;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;

/** The rules that organizations set for their credentials. */
public final class Rules implements AutoCloseable {

    /** Rules were set; the subject is the organization. */
    public static final ChangeKind KIND = new ChangeKind("rules");

    private static final String PATH = "/sallyport/v1/credential_rules";

    private final Database database;
    private final Permissions permissions;
    private final RuleStore store = new RuleStore();
    private final Creation creation;
    private final SetRules setRules;
    private final PreviewRules previewRules;
    private final SetAddresses setAddresses;
    private final UnusedSweep sweep;

    /** @param visible whether an organization sees a permission in the namespace of a protected API */
    public Rules(
            Database database,
            Feed feed,
            ChangeTrail trail,
            Permissions permissions,
            BiPredicate<OrganizationId, Permission> visible,
            InstantSource clock) {
        this.database = database;
        this.permissions = permissions;
        var credentials = new CredentialStore();
        var endings = new Endings(feed, store, trail);
        this.creation = new Creation(store);
        this.setRules =
                new SetRules(feed, store, credentials, new KnownNames(permissions, visible), endings, trail, clock);
        this.previewRules = new PreviewRules(database, store, clock);
        this.setAddresses = new SetAddresses(feed, store, credentials, trail, permissions, clock);
        this.sweep = new UnusedSweep(database, feed, store, endings, clock);
    }

    public List<Route> routes() {
        var managing = Requirement.anyOf(permissions.require("org_management"));
        var editing = Requirement.anyOf(
                permissions.require("user_app_keys"),
                permissions.require("org_app_keys_write"),
                permissions.require("service_account_write"),
                permissions.require("api_keys_write"));
        return List.of(
                Route.of(Method.GET, PATH, "GetCredentialRules", managing, new ReadRulesHandler(database, store)),
                Route.of(Method.PUT, PATH, "SetCredentialRules", managing, new SetRulesHandler(setRules)),
                Route.of(
                        Method.POST,
                        PATH + "/preview",
                        "PreviewCredentialRules",
                        managing,
                        new PreviewRulesHandler(previewRules, permissions.require("org_app_keys_read"))),
                Route.of(
                        Method.PUT,
                        "/sallyport/v1/credentials/{credential_id}/addresses",
                        "SetCredentialAddresses",
                        editing,
                        new SetAddressesHandler(setAddresses)));
    }

    /**
     * Whether the rules of the actor's organization allow a new credential, and when it ends.
     *
     * <p>Asked within the transaction that creates it, and before that takes any other row: the rules are held until the commit,
     * so a rule that is acknowledged binds every creation that is acknowledged later.
     */
    public Ruling admit(Transaction transaction, Actor actor, NewCredential asked, Instant now) {
        return creation.admit(transaction, actor, asked, now);
    }

    /**
     * As much of a credential as the rules allow, for one that nobody words by hand: it ends when they say at the latest, and
     * lacks what they forbid. Asked like {@link #admit}. Empty where none may be created, or not by the actor.
     */
    public Optional<NewCredential> fitted(Transaction transaction, Actor actor, NewCredential wanted, Instant now) {
        return creation.fitted(transaction, actor, wanted, now);
    }

    /**
     * Whether the rules allow a credential's new scopes; what it carried before it may keep. Asked like {@link #admit}.
     *
     * @param before names of permissions; empty where it was not narrowed
     * @param after the same of what it becomes
     */
    public Optional<Ruling.Broken> admitScopes(
            Transaction transaction,
            OrganizationId organization,
            CredentialKind kind,
            Optional<List<String>> before,
            Optional<List<String>> after,
            Instant now) {
        return creation.admitScopes(transaction, organization, kind, before, after, now);
    }

    /** Takes the rules until the commit, for a transaction that must take other rows before it can ask {@link #admitScopes}. */
    public void hold(Transaction transaction, OrganizationId organization, Instant now) {
        store.hold(transaction, organization, now);
    }

    /** Allows a kind to be created: for an organization that is founded with one. The caller's change and trail stand for it. */
    public void allow(Transaction transaction, OrganizationId organization, CredentialKind kind, Instant now) {
        var stored = store.hold(transaction, organization, now);
        var rules = stored.rules();
        store.write(
                transaction,
                organization,
                new RuleStore.Stored(rules.with(kind, rules.of(kind).creatable()), stored.revision() + 1),
                now);
    }

    /** Where the calls of an organization may come from. */
    public AddressRanges addresses(Transaction transaction, OrganizationId organization) {
        return ranges(store.find(transaction, organization));
    }

    /** The same of every organization that has rules. */
    public void addresses(Transaction transaction, BiConsumer<OrganizationId, AddressRanges> consumer) {
        store.each(transaction, (organization, stored) -> consumer.accept(organization, ranges(stored)));
    }

    private static AddressRanges ranges(RuleStore.Stored stored) {
        return AddressRanges.ofStored(stored.rules().addresses());
    }

    /** Looks every minute for what is unused. */
    public void startSweep() {
        sweep.start();
    }

    /** Ends what is unused at that moment; how many credentials that were. */
    public int sweep(Instant now) {
        return sweep.sweep(now);
    }

    @Override
    public void close() {
        sweep.close();
    }
}
