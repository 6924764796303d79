package dev.sallyport.explain;

import dev.sallyport.catalogue.ProtectedApi;
import dev.sallyport.explain.Edit.By;
import dev.sallyport.explain.Edit.Request;
import dev.sallyport.explain.Edit.Step;
import dev.sallyport.http.AddressRanges;
import dev.sallyport.identity.CredentialKind;
import dev.sallyport.permission.Permissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What would have a refused call allowed: an answer for every reason, and only such as would. */
final class Remedies {

    private static final int MOST_ROLES = 5;

    private final Roles roles;
    private final Permissions permissions;

    Remedies(Roles roles, Permissions permissions) {
        this.roles = roles;
        this.permissions = permissions;
    }

    /** Alternatives; none where only time helps. */
    List<Edit> of(Refusal refusal) {
        return switch (refusal.reason()) {
            case NO_CREDENTIAL -> caller("Send one live credential with the call.");
            case REPEATED_CREDENTIAL -> caller("Send each credential header once.");
            case UNRECOGNISED_CREDENTIAL, UNKNOWN_CREDENTIAL, WRONG_SECRET ->
                caller("Send the text of a live credential, whole, as it was shown when it was made.");
            case UNKNOWN_SUBJECT -> caller("Name a subject of your organization, by its id.");
            case COMPANION_REFUSED ->
                caller("Send a live API key of the same organization beside the application key, or a token alone.");
            case REVOKED, EXPIRED -> List.of(Edit.of(renewal(refusal)));
            case OWNER_DISABLED ->
                List.of(Edit.of(
                        new Step(
                                "Enable the owner.",
                                holders("user_access_manage"),
                                refusal.isService() ? null : enabling(refusal.owner())),
                        renewal(refusal)));
            case ORGANIZATION_NOT_ADMITTED ->
                caller("Use a credential of an organization that the protected API admits.");
            case STALE_REPLICA -> operator("Have this node reach its database again.");
            case UNKNOWN_API ->
                List.of(Edit.of(new Step(
                        "Import the API under that id with `sallyport api import`, or correct the id at the gateway.",
                        holders("org_management"),
                        null)));
            case UNREADABLE_REQUEST ->
                operator("Set the gateway up as docs/gateways shows: the door was told no method and path.");
            case AMBIGUOUS_PATH ->
                caller("Send the path in its plain form: no empty or dot segments, nothing escaped that need not be.");
            case UNKNOWN_OPERATION, UNDECLARED_OPERATION -> declaring(refusal);
            case RATE_LIMITED, QUOTA_EXCEEDED ->
                List.of(Edit.of(new Step(
                        "Set a higher limit with `sallyport limits set`, or wait.", holders("org_management"), null)));
            case API_KEY_ALONE -> caller("Show a token instead, or an application key beside the API key.");
            case ADDRESS_NOT_ALLOWED -> List.of(new Edit(admitting(refusal)));
            case API_KEY_ONLY -> caller("Show an API key, and nothing else.");
            case CREDENTIAL_KIND_REFUSED ->
                caller(
                        refusal.kind() == CredentialKind.APPLICATION_KEY
                                ? "Show a token: this operation takes no application key."
                                : "Show an application key beside an API key: this operation takes no token.");
            case SCOPE_MISSING -> List.of(Edit.of(widening(refusal)));
            case PERMISSION_MISSING -> granting(refusal);
            case TRAIL_UNAVAILABLE -> operator("Give the decision log room on its disk; then calls pass again.");
        };
    }

    private static List<Edit> caller(String says) {
        return List.of(Edit.of(new Step(says, By.CALLER, null)));
    }

    private static List<Edit> operator(String says) {
        return List.of(Edit.of(new Step(says, By.OPERATOR, null)));
    }

    private By holders(String permission) {
        return new By(
                "whoever holds " + permission,
                permission,
                roles.holding(List.of(permission)).stream()
                        .map(Roles.Role::name)
                        .toList());
    }

    private By owner(Refusal refusal) {
        return refusal.isService()
                ? holders("service_account_write")
                : new By("its owner, " + refusal.email(), null, List.of());
    }

    private static Request enabling(String user) {
        var data = Map.of("id", user, "type", "users", "attributes", Map.of("disabled", false));
        return new Request("PATCH", "/api/v2/users/" + user, Map.of("data", data));
    }

    private Step renewal(Refusal refusal) {
        return switch (refusal.kind()) {
            case PERSONAL_ACCESS_TOKEN ->
                new Step("Create another token with these scopes; what has ended stays ended.", owner(refusal), null);
            case SERVICE_ACCESS_TOKEN ->
                new Step(
                        "Create another token of the service account; what has ended stays ended.",
                        holders("service_account_write"),
                        null);
            case APPLICATION_KEY -> new Step("Create a token, or another application key.", owner(refusal), null);
            case API_KEY -> new Step("Create another API key.", holders("api_keys_write"), null);
            case SETUP_LINK, INVITATION -> new Step("Have another link made.", By.OPERATOR, null);
        };
    }

    private List<Edit> declaring(Refusal refusal) {
        if (refusal.api().equals(ProtectedApi.SALLYPORT) || refusal.api().equals(ProtectedApi.DATADOG)) {
            return caller("Call an operation that this API has and declares; `sallyport api show " + refusal.api()
                    + "` lists them.");
        }
        return List.of(Edit.of(new Step(
                "Declare the operation and the permission that it requires in the API's OpenAPI document, and import"
                        + " that again with `sallyport api import`.",
                holders("org_management"),
                null)));
    }

    /** Whoever is beyond two fences is let in when both are moved. */
    private List<Step> admitting(Refusal refusal) {
        var steps = new ArrayList<Step>();
        if (!AddressRanges.ofStored(refusal.addresses()).contain(refusal.address())) {
            steps.add(admittingCredential(refusal));
        }
        if (steps.isEmpty() || !AddressRanges.ofStored(refusal.ofOrganization()).contain(refusal.address())) {
            steps.add(new Step(
                    "Add " + refusal.address() + " to the addresses of the organization with"
                            + " `sallyport rules set --set addresses=…`.",
                    holders("org_management"),
                    null));
        }
        return steps;
    }

    private Step admittingCredential(Refusal refusal) {
        var wider = new ArrayList<>(refusal.addresses());
        wider.add(refusal.address());
        return new Step(
                "Let the credential come from " + refusal.address() + " as well.",
                owner(refusal),
                new Request(
                        "PUT",
                        "/sallyport/v1/credentials/" + refusal.credential() + "/addresses",
                        Map.of("addresses", wider)));
    }

    /** Gives the credential what it lacks, beside what it carries. */
    private Step widening(Refusal refusal) {
        var noScope = refusal.missing().stream().filter(this::isNoScope).toList();
        if (!noScope.isEmpty()) {
            return new Step(
                    "Show an application key without scopes, beside an API key: there is no scope for "
                            + String.join(", ", noScope) + ".",
                    owner(refusal),
                    null);
        }
        var scopes = new TreeSet<>(refusal.scopes());
        scopes.addAll(refusal.missing());
        var id = refusal.credential();
        return new Step(
                "Add to the scopes of the credential: " + String.join(", ", refusal.missing()) + ".",
                owner(refusal),
                switch (refusal.kind()) {
                    case PERSONAL_ACCESS_TOKEN ->
                        scoping("/api/v2/personal_access_tokens/" + id, "personal_access_tokens", id, scopes);
                    case SERVICE_ACCESS_TOKEN ->
                        scoping(
                                "/api/v2/service_accounts/" + refusal.owner() + "/access_tokens/" + id,
                                "service_access_tokens",
                                id,
                                scopes);
                    case APPLICATION_KEY ->
                        scoping(
                                refusal.isService()
                                        ? "/api/v2/service_accounts/" + refusal.owner() + "/application_keys/" + id
                                        : "/api/v2/current_user/application_keys/" + id,
                                "application_keys",
                                id,
                                scopes);
                    case API_KEY, SETUP_LINK, INVITATION -> null;
                });
    }

    private boolean isNoScope(String name) {
        return permissions
                .named(name)
                .filter(permission -> !permission.isTokenScope())
                .isPresent();
    }

    private static Request scoping(String path, String type, String id, Set<String> scopes) {
        var data = Map.of("id", id, "type", type, "attributes", Map.of("scopes", List.copyOf(scopes)));
        return new Request("PATCH", path, Map.of("data", data));
    }

    /** One way for each role that has it; where the credential is too narrow as well, that is a second step. */
    private List<Edit> granting(Refusal refusal) {
        var lacked = refusal.missing().stream()
                .filter(name -> !refusal.held().contains(name))
                .toList();
        var widening = widening(refusal);
        var isTooNarrow = refusal.isScoped() && !refusal.scopes().containsAll(refusal.missing());
        var edits = roles.holding(lacked).stream()
                .limit(MOST_ROLES)
                .map(role -> edit(membership(refusal, role), isTooNarrow ? widening : null))
                .toList();
        if (!edits.isEmpty()) {
            return edits;
        }
        var step = new Step(
                "Give the owner a role that holds " + String.join(", ", lacked) + "; none does yet.",
                holders("user_access_manage"),
                null);
        return List.of(edit(step, isTooNarrow ? widening : null));
    }

    private static Edit edit(Step first, @Nullable Step second) {
        return second == null ? Edit.of(first) : Edit.of(first, second);
    }

    private Step membership(Refusal refusal, Roles.Role role) {
        var member = Map.of("data", Map.of("type", "users", "id", refusal.owner()));
        return new Step(
                "Give the owner the role " + role.name() + ".",
                holders("user_access_manage"),
                new Request("POST", "/api/v2/roles/" + role.id() + "/users", Map.of("data", member.get("data"))));
    }
}
