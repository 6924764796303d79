package dev.sallyport.token;

import dev.sallyport.audit.Actor;
import dev.sallyport.audit.ChangeTrail;
import dev.sallyport.credential.CredentialStore;
import dev.sallyport.credential.StoredCredential;
import dev.sallyport.feed.Feed;
import dev.sallyport.http.Method;
import dev.sallyport.http.Problem;
import dev.sallyport.http.Route;
import dev.sallyport.identity.Caller;
import dev.sallyport.identity.Organization;
import dev.sallyport.identity.OrganizationId;
import dev.sallyport.identity.Origin;
import dev.sallyport.identity.Principal;
import dev.sallyport.identity.PrincipalId;
import dev.sallyport.permission.Authority;
import dev.sallyport.permission.Permission;
import dev.sallyport.permission.Permissions;
import dev.sallyport.permission.Requirement;
import dev.sallyport.rule.Rules;
import dev.sallyport.secret.OneTimeCode;
import dev.sallyport.secret.Pepper;
import dev.sallyport.sql.Database;
import dev.sallyport.sql.Transaction;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.stream.Stream;

/** Personal access tokens, service access tokens and setup links. */
public final class Tokens {

    private static final String PATH = "/api/v2/personal_access_tokens";
    private static final String TOKEN_PATH = PATH + "/{token_id}";
    private static final String SERVICE_PATH = "/api/v2/service_accounts/{service_account_id}/access_tokens";
    private static final String SERVICE_TOKEN_PATH = SERVICE_PATH + "/{token_id}";

    private final Permissions permissions;
    private final InstantSource clock;
    private final SetupLinkStore links = new SetupLinkStore();
    private final FirstToken firstToken;
    private final CreateSetupLink createSetupLink;
    private final RedeemSetupLink redeemSetupLink;
    private final IssueToken issueToken;
    private final ListTokens listTokens;
    private final ReadToken readToken;
    private final EditToken editToken;
    private final RevokeToken revokeToken;
    private final TokenJson json;

    /**
     * @param visible whether an organization can see a permission; those of an API of one's own are not for everybody
     * @param brand what all prefixes begin with: {@code dd}
     */
    public Tokens(
            Database database,
            Feed feed,
            ChangeTrail trail,
            Permissions permissions,
            Rules rules,
            Pepper pepper,
            TokenLimits limits,
            BiPredicate<OrganizationId, Permission> visible,
            String brand,
            InstantSource clock,
            SecureRandom random) {
        this.permissions = permissions;
        this.clock = clock;
        var accounts = new ServiceAccountStore();
        var tokens = new CredentialStore();
        var mint = new TokenMint(tokens, trail, pepper, brand, random);
        var scopeCheck = new ScopeCheck(permissions, visible, limits.mostScopes());
        var reach = new Reach(permissions);
        var setupCode = new OneTimeCode(pepper, brand + "setup", random);
        this.firstToken = new FirstToken(tokens, rules, mint, permissions);
        this.createSetupLink = new CreateSetupLink(database, links, trail, setupCode, clock);
        this.redeemSetupLink = new RedeemSetupLink(feed, links, trail, setupCode, firstToken, scopeCheck, clock);
        this.issueToken = new IssueToken(feed, tokens, accounts, rules, mint, scopeCheck, limits, clock);
        this.listTokens = new ListTokens(database, new TokenListStore(), accounts, reach);
        this.readToken = new ReadToken(database, tokens, reach);
        this.editToken = new EditToken(feed, tokens, rules, trail, scopeCheck, reach, clock);
        this.revokeToken = new RevokeToken(feed, tokens, trail, reach, clock);
        this.json = new TokenJson(brand);
    }

    public List<Route> routes() {
        return Stream.concat(personal().stream(), ofServiceAccounts().stream()).toList();
    }

    private List<Route> personal() {
        var own = permissions.require("user_app_keys");
        var reading = Requirement.anyOf(own, permissions.require("org_app_keys_read"));
        var writing = Requirement.anyOf(own, permissions.require("org_app_keys_write"));
        return List.of(
                Route.of(
                        Method.POST,
                        PATH,
                        "CreatePersonalAccessToken",
                        Requirement.anyOf(own),
                        new IssueTokenHandler(TokenFamily.PERSONAL, issueToken, json)),
                Route.of(
                        Method.GET,
                        PATH,
                        "ListPersonalAccessTokens",
                        reading,
                        new ListTokensHandler(TokenFamily.PERSONAL, listTokens, json)),
                Route.of(
                        Method.GET,
                        TOKEN_PATH,
                        "GetPersonalAccessToken",
                        reading,
                        new ReadTokenHandler(TokenFamily.PERSONAL, readToken, json)),
                Route.of(
                        Method.PATCH,
                        TOKEN_PATH,
                        "UpdatePersonalAccessToken",
                        writing,
                        new EditTokenHandler(TokenFamily.PERSONAL, editToken, json)),
                Route.of(
                        Method.DELETE,
                        TOKEN_PATH,
                        "RevokePersonalAccessToken",
                        writing,
                        new RevokeTokenHandler(TokenFamily.PERSONAL, revokeToken)));
    }

    private List<Route> ofServiceAccounts() {
        var managing = Requirement.anyOf(permissions.require("service_account_write"));
        return List.of(
                Route.of(
                        Method.POST,
                        SERVICE_PATH,
                        "CreateServiceAccountAccessToken",
                        managing,
                        new IssueTokenHandler(TokenFamily.SERVICE, issueToken, json)),
                Route.of(
                        Method.GET,
                        SERVICE_PATH,
                        "ListServiceAccountAccessTokens",
                        managing,
                        new ListTokensHandler(TokenFamily.SERVICE, listTokens, json)),
                Route.of(
                        Method.GET,
                        SERVICE_TOKEN_PATH,
                        "GetServiceAccountAccessToken",
                        managing,
                        new ReadTokenHandler(TokenFamily.SERVICE, readToken, json)),
                Route.of(
                        Method.PATCH,
                        SERVICE_TOKEN_PATH,
                        "UpdateServiceAccountAccessToken",
                        managing,
                        new EditTokenHandler(TokenFamily.SERVICE, editToken, json)),
                Route.of(
                        Method.DELETE,
                        SERVICE_TOKEN_PATH,
                        "RevokeServiceAccountAccessToken",
                        managing,
                        new RevokeTokenHandler(TokenFamily.SERVICE, revokeToken)));
    }

    /**
     * Gives a token other scopes as its own route does, under the same rules; empty when that is done.
     *
     * @param token as its scopes were when that was decided on: if they are others by now, nothing is done
     */
    public Optional<Problem> rescope(Caller caller, StoredCredential token, List<String> scopes) {
        var family = TokenFamily.of(token.kind());
        var path = switch (family) {
            case PERSONAL -> new TokenPath.Personal();
            case SERVICE -> new TokenPath.Service(Objects.requireNonNull(token.owner()));
        };
        if (!mayEdit(caller, family)) {
            return Optional.of(Problem.forbidden("not_editable", "Your credential may not edit this token."));
        }
        var request = new EditToken.Request(path, token.id(), null, scopes, token.scopeNames());
        return switch (editToken.edit(caller, request)) {
            case EditToken.Result.Edited _ -> Optional.empty();
            case EditToken.Result.NotFound() ->
                Optional.of(Problem.forbidden("not_editable", "Your credential may not edit this token."));
            case EditToken.Result.Refused(var refusal) -> Optional.of(TokenProblems.of(refusal));
        };
    }

    /** What the route of the edit asks for. */
    private boolean mayEdit(Caller caller, TokenFamily family) {
        var authority = caller.authority();
        return switch (family) {
            case PERSONAL ->
                authority.holds(permissions.require("user_app_keys"))
                        || authority.holds(permissions.require("org_app_keys_write"));
            case SERVICE -> authority.holds(permissions.require("service_account_write"));
        };
    }

    /**
     * Issues an administrator's first token within a change of the caller's, whose feed row then stands for both: for a store
     * that no node serves yet.
     *
     * @throws IllegalStateException if the user is not active in that organization
     */
    public IssuedToken issueFirst(
            Transaction transaction, Organization organization, Principal user, Authority scopes, Actor actor) {
        if (!user.organization().equals(organization.id())) {
            throw new IllegalStateException("the user belongs to another organization");
        }
        return firstToken
                .issue(transaction, actor, user, scopes, clock.instant().truncatedTo(ChronoUnit.MICROS))
                .orElseThrow(() -> new IllegalStateException("the user is not active"));
    }

    /** The first token of a user who was invited, within the change that lets the user in; empty where the rules allow none. */
    public Optional<IssuedToken> issueInvited(Transaction transaction, Principal user, Authority scopes, Actor actor) {
        return firstToken.issueWithinRules(
                transaction, actor, user, scopes, clock.instant().truncatedTo(ChronoUnit.MICROS));
    }

    /** The oldest organization that nobody can manage. */
    public Optional<UnclaimedOrganization> unclaimed(Transaction transaction) {
        return links.unclaimed(transaction, clock.instant());
    }

    /** A link for an active administrator of that organization, good for an hour; empty for anybody else. */
    public Optional<SetupLink> createSetupLink(Actor actor, OrganizationId organization, PrincipalId administrator) {
        return switch (createSetupLink.create(actor, organization, administrator)) {
            case CreateSetupLink.Result.Created(var link) -> Optional.of(link);
            case CreateSetupLink.Result.NotAnAdministrator() -> Optional.empty();
        };
    }

    /** Turns the code of a link into the administrator's first token. Of many who try at once, one wins. */
    public Redemption redeem(String code, Origin origin) {
        return redeemSetupLink.redeem(code, origin);
    }
}
