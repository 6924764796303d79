package dev.sallyport.key;

import dev.sallyport.audit.Actor;
import dev.sallyport.audit.ChangeTrail;
import dev.sallyport.credential.CredentialStore;
import dev.sallyport.credential.StoredCredential;
import dev.sallyport.feed.Feed;
import dev.sallyport.http.Method;
import dev.sallyport.http.Problem;
import dev.sallyport.http.Reply;
import dev.sallyport.http.Route;
import dev.sallyport.identity.Caller;
import dev.sallyport.identity.CredentialKind;
import dev.sallyport.identity.Organization;
import dev.sallyport.identity.OrganizationId;
import dev.sallyport.identity.Principal;
import dev.sallyport.identity.PrincipalId;
import dev.sallyport.permission.Authority;
import dev.sallyport.permission.Permission;
import dev.sallyport.permission.Permissions;
import dev.sallyport.permission.Requirement;
import dev.sallyport.rule.Rules;
import dev.sallyport.secret.Pepper;
import dev.sallyport.sql.Database;
import dev.sallyport.sql.Transaction;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Function;

/** Application keys and API keys. */
public final class Keys {

    private static final String API_KEYS = "/api/v2/api_keys";
    private static final String API_KEY = API_KEYS + "/{api_key_id}";
    private static final String FIRST_NAME = "setup";
    private static final Problem NOT_EDITABLE =
            Problem.forbidden("not_editable", "Your credential may not edit this application key.");

    private final Permissions permissions;
    private final Rules rules;
    private final InstantSource clock;
    private final CredentialStore credentials = new CredentialStore();
    private final ApiKeyStore apiKeys = new ApiKeyStore();
    private final KeyOwnerStore owners = new KeyOwnerStore();
    private final KeyMint mint;
    private final FindApplicationKeys findApplicationKeys;
    private final CreateApplicationKey createApplicationKey;
    private final EditApplicationKey editApplicationKey;
    private final RevokeApplicationKey revokeApplicationKey;
    private final ApplicationKeyJson applicationKeyJson;
    private final FindApiKeys findApiKeys;
    private final CreateApiKey createApiKey;
    private final EditApiKey editApiKey;
    private final RevokeApiKey revokeApiKey;
    private final ApiKeyJson apiKeyJson;

    /**
     * @param visible whether an organization can see a permission; those of an API of one's own are not for everybody
     * @param held what a principal holds now; empty for one that this node does not know
     * @param brand what all prefixes begin with: {@code dd}
     */
    public Keys(
            Database database,
            Feed feed,
            ChangeTrail trail,
            Permissions permissions,
            Pepper pepper,
            KeyLimits limits,
            Rules rules,
            BiPredicate<OrganizationId, Permission> visible,
            Function<PrincipalId, Optional<Authority>> held,
            String brand,
            InstantSource clock,
            SecureRandom random) {
        this.permissions = permissions;
        this.rules = rules;
        this.clock = clock;
        var sightedKeys = new SightedKeys(credentials, owners);
        var scopeCheck = new ScopeCheck(permissions, visible, held, limits.mostScopes());
        var callerCheck = new CallerCheck(credentials);
        mint = new KeyMint(credentials, apiKeys, trail, pepper, brand + "app", limits, random);
        findApplicationKeys = new FindApplicationKeys(database, new ApplicationKeyStore(), sightedKeys, owners);
        createApplicationKey = new CreateApplicationKey(
                feed, credentials, owners, rules, scopeCheck, callerCheck, mint, limits, clock);
        editApplicationKey =
                new EditApplicationKey(feed, credentials, sightedKeys, trail, rules, scopeCheck, callerCheck, clock);
        revokeApplicationKey = new RevokeApplicationKey(feed, credentials, sightedKeys, trail, clock);
        applicationKeyJson = new ApplicationKeyJson(limits);
        findApiKeys = new FindApiKeys(database, apiKeys, owners);
        createApiKey = new CreateApiKey(feed, apiKeys, owners, rules, callerCheck, mint, limits, clock);
        editApiKey = new EditApiKey(feed, credentials, apiKeys, owners, trail, callerCheck, clock);
        revokeApiKey = new RevokeApiKey(feed, credentials, apiKeys, trail, clock);
        apiKeyJson = new ApiKeyJson(limits, clock);
    }

    public List<Route> routes() {
        var own = asking("user_app_keys");
        var account = asking("service_account_write");
        var routes = new ArrayList<Route>();
        routes.addAll(applicationKeys(Family.CURRENT_USER, "CurrentUserApplicationKey", own, own));
        routes.add(creation(Family.CURRENT_USER, "CreateCurrentUserApplicationKey", own));
        routes.addAll(applicationKeys(Family.SERVICE_ACCOUNT, "ServiceAccountApplicationKey", account, account));
        routes.add(creation(Family.SERVICE_ACCOUNT, "CreateServiceAccountApplicationKey", account));
        routes.addAll(applicationKeys(
                Family.ORGANIZATION, "ApplicationKey", asking("org_app_keys_read"), asking("org_app_keys_write")));
        routes.addAll(apiKeys());
        routes.addAll(validation());
        return List.copyOf(routes);
    }

    private Requirement asking(String permission) {
        return Requirement.anyOf(permissions.require(permission));
    }

    private List<Route> applicationKeys(Family family, String noun, Requirement reading, Requirement writing) {
        var keyPath = family.keyPath();
        return List.of(
                Route.of(
                        Method.GET,
                        family.path(),
                        "List" + noun + "s",
                        reading,
                        new ListApplicationKeysHandler(family, findApplicationKeys, applicationKeyJson)),
                Route.of(
                        Method.GET,
                        keyPath,
                        "Get" + noun,
                        reading,
                        new ReadApplicationKeyHandler(family, findApplicationKeys, applicationKeyJson)),
                Route.forKeys(
                        Method.PATCH,
                        keyPath,
                        "Update" + noun,
                        writing,
                        new EditApplicationKeyHandler(family, editApplicationKey, applicationKeyJson)),
                Route.of(
                        Method.DELETE,
                        keyPath,
                        "Delete" + noun,
                        writing,
                        new RevokeApplicationKeyHandler(family, revokeApplicationKey)));
    }

    private Route creation(Family family, String operation, Requirement requirement) {
        return Route.forKeys(
                Method.POST,
                family.path(),
                operation,
                requirement,
                new CreateApplicationKeyHandler(family, createApplicationKey, applicationKeyJson));
    }

    private List<Route> apiKeys() {
        var reading = asking("api_keys_read");
        var writing = asking("api_keys_write");
        return List.of(
                Route.of(Method.GET, API_KEYS, "ListAPIKeys", reading, new ListApiKeysHandler(findApiKeys, apiKeyJson)),
                Route.of(
                        Method.POST,
                        API_KEYS,
                        "CreateAPIKey",
                        writing,
                        new CreateApiKeyHandler(createApiKey, apiKeyJson)),
                Route.of(Method.GET, API_KEY, "GetAPIKey", reading, new ReadApiKeyHandler(findApiKeys, apiKeyJson)),
                Route.of(Method.PATCH, API_KEY, "UpdateAPIKey", writing, new EditApiKeyHandler(editApiKey, apiKeyJson)),
                Route.of(
                        Method.DELETE,
                        API_KEY,
                        "DeleteAPIKey",
                        asking("api_keys_delete"),
                        new RevokeApiKeyHandler(revokeApiKey)));
    }

    private static List<Route> validation() {
        return List.of(
                Route.of(
                        Method.GET,
                        "/api/v1/validate",
                        "Validate",
                        Requirement.API_KEY,
                        (_, _) -> Reply.ok(Map.of("valid", true))),
                Route.of(Method.GET, "/api/v2/validate", "ValidateV2", Requirement.API_KEY, new ValidateHandler()));
    }

    /**
     * Gives an application key other scopes as its own routes do, under the same rules; empty when that is done.
     *
     * @param key as its scopes were when that was decided on: if they are others by now, nothing is done
     */
    public Optional<Problem> rescope(Caller caller, StoredCredential key, List<String> scopes) {
        if (caller.credential().kind() != CredentialKind.APPLICATION_KEY) {
            return Optional.of(Problem.forbidden(
                    "keys_only",
                    "Application keys are edited with an application key and an API key, not with a token."));
        }
        var sight = sight(caller, Objects.requireNonNull(key.owner()));
        if (sight.isEmpty()) {
            return Optional.of(NOT_EDITABLE);
        }
        var request = new EditApplicationKey.Request(
                key.id(),
                null,
                new EditApplicationKey.NewScopes(Optional.of(scopes)),
                new EditApplicationKey.NewScopes(key.scopes()));
        return switch (editApplicationKey.edit(caller, sight.get(), request)) {
            case EditApplicationKey.Result.Edited _ -> Optional.empty();
            case EditApplicationKey.Result.NotFound() -> Optional.of(NOT_EDITABLE);
            case EditApplicationKey.Result.Refused(var refusal) -> Optional.of(KeyProblems.of(refusal));
        };
    }

    /** As which of the routes the caller could edit a key of that owner. */
    private Optional<Sight> sight(Caller caller, PrincipalId owner) {
        var authority = caller.authority();
        if (authority.holds(permissions.require("org_app_keys_write"))) {
            return Optional.of(new Sight.Everybody());
        }
        if (owner.equals(caller.principal().id()) && authority.holds(permissions.require("user_app_keys"))) {
            return Optional.of(new Sight.Own(owner));
        }
        return authority.holds(permissions.require("service_account_write"))
                ? Optional.of(new Sight.ServiceAccount(owner))
                : Optional.empty();
    }

    /**
     * Allows application keys in a new organization and issues its administrator an unscoped one, with an API key beside it,
     * within a change of the caller's, whose feed row then stands for all: for a store that no node serves yet.
     */
    public FirstKeys issueFirst(Transaction transaction, Organization organization, Principal admin, Actor actor) {
        if (!admin.organization().equals(organization.id())) {
            throw new IllegalArgumentException("the administrator belongs to another organization");
        }
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        rules.allow(transaction, organization.id(), CredentialKind.APPLICATION_KEY, now);
        if (!credentials.holdOwner(transaction, organization.id(), admin.id(), admin.epoch())) {
            throw new IllegalStateException("the administrator is not active");
        }
        owners.holdOrganization(transaction, organization.id());
        var apiKey = mint.apiKey(
                transaction, actor, new KeyMint.ApiKeyOrder(FIRST_NAME, ApiKey.USUAL_CATEGORY, false, null), now);
        var applicationKey = mint.applicationKey(
                transaction,
                actor,
                new KeyMint.ApplicationKeyOrder(admin.id(), admin.epoch(), FIRST_NAME, Optional.empty(), null),
                now);
        return new FirstKeys(apiKey.orElseThrow(), applicationKey.orElseThrow());
    }
}
