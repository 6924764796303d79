package dev.sallyport.explain;

import dev.sallyport.authentication.Replica;
import dev.sallyport.catalogue.CanonicalPath;
import dev.sallyport.catalogue.ProtectedApi;
import dev.sallyport.decision.Decision;
import dev.sallyport.decision.Judge;
import dev.sallyport.decision.Question;
import dev.sallyport.decision.Reason;
import dev.sallyport.feed.Feed;
import dev.sallyport.http.BadInput;
import dev.sallyport.http.Handler;
import dev.sallyport.http.Problem;
import dev.sallyport.http.Reply;
import dev.sallyport.http.Request;
import dev.sallyport.http.Response;
import dev.sallyport.identity.Caller;
import dev.sallyport.identity.Principal;
import dev.sallyport.permission.Authority;
import dev.sallyport.permission.Permissions;
import dev.sallyport.permission.Requirement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code POST /sallyport/v1/decide}: would a call with this credential pass, and how does that come about. */
final class DecideHandler implements Handler {

    record Body(
            @Nullable String api,
            @Nullable String method,
            @Nullable String path) {}

    private final Replica replica;
    private final Judge judge;
    private final Permissions permissions;
    private final KnownRoles roles;
    private final Feed feed;

    DecideHandler(Replica replica, Judge judge, Permissions permissions, KnownRoles roles, Feed feed) {
        this.replica = replica;
        this.judge = judge;
        this.permissions = permissions;
        this.roles = roles;
        this.feed = feed;
    }

    @Override
    public Response handle(Caller caller, Request request) {
        var body = request.body(Body.class);
        var apiId = body.api() == null ? ProtectedApi.DATADOG : body.api();
        var method = required("method", body.method());
        var path = required("path", body.path());
        var api = replica.api(apiId);
        if (api == null || !api.admits(caller.organization().id())) {
            return Problem.notFound("No protected API has that id. List them with `sallyport api list`.");
        }
        var target = switch (CanonicalPath.parse(path)) {
            case CanonicalPath.Parsed.Ambiguous _ -> new Question.Target.Refused(Reason.AMBIGUOUS_PATH);
            case CanonicalPath.Parsed.Canonical(var canonical) -> Question.Target.of(api, method, canonical);
        };
        return Reply.ok(explain(caller, new Judge.Call(api, apiId, target, method, path, "")));
    }

    private Explanation explain(Caller caller, Judge.Call call) {
        var revision = feed.revision();
        var foreseen = judge.foresee(caller, call);
        var operation = call.target() instanceof Question.Target.Known(var known) ? known : null;
        var requirement = operation == null ? Requirement.OPEN : operation.requirement();
        var deny = foreseen.decision() instanceof Decision.Deny denied ? denied : null;
        var mentioned = requirement instanceof Requirement.Holding(var alternatives)
                ? alternatives.stream().reduce(Authority.NONE, Authority::union)
                : Authority.NONE;
        var held = permissions.namesOf(foreseen.held().intersect(mentioned));
        var missing = deny == null ? List.<String>of() : permissions.namesOf(deny.missing());
        var edits = deny == null
                ? List.<Edit>of()
                : new Remedies(roles.of(caller.organization().id()), permissions)
                        .of(refusal(caller, call, foreseen.isScoped(), deny.reason(), held, missing));
        return new Explanation(
                null,
                null,
                deny == null ? "permit" : "deny",
                deny == null ? "allowed" : deny.reason().code(),
                deny == null ? Explanation.ALLOWED : deny.reason().explanation(),
                call.apiId(),
                operation == null ? null : operation.id(),
                operation == null ? null : operation.template(),
                call.method(),
                call.path(),
                operation == null ? "unknown" : Explanation.word(requirement),
                Explanation.alternatives(requirement, permissions),
                held,
                missing,
                credential(caller),
                revision,
                null,
                edits);
    }

    private Refusal refusal(
            Caller caller, Judge.Call call, boolean isScoped, Reason reason, List<String> held, List<String> missing) {
        var credential = caller.credential();
        var now = replica.standing(credential.id().toString());
        return new Refusal(
                reason,
                credential.id().toString(),
                credential.kind(),
                caller.principal().id().toString(),
                caller.principal().email(),
                caller.principal().kind() == Principal.Kind.SERVICE_ACCOUNT,
                isScoped,
                permissions.namesOf(credential.scopes()),
                call.apiId(),
                call.target() instanceof Question.Target.Known(var operation) ? operation.id() : "",
                held,
                missing,
                caller.origin().address(),
                now.map(Replica.Standing::addresses).orElse(List.of()),
                now.map(Replica.Standing::ofOrganization).orElse(List.of()));
    }

    private Map<String, Object> credential(Caller caller) {
        var credential = caller.credential();
        var end = credential.expiresAt();
        var described = new HashMap<String, Object>();
        described.put("id", credential.id().toString());
        described.put("kind", credential.kind().code());
        described.put("name", credential.name());
        described.put("owner", caller.principal().email());
        described.put("scopes", permissions.namesOf(credential.scopes()));
        described.put("expires_at", end == null ? "never" : end.toString());
        return described;
    }

    private static String required(String member, @Nullable String value) {
        if (value == null || value.isEmpty()) {
            throw new BadInput("missing_member", "The member '" + member + "' is required.");
        }
        return value;
    }
}
