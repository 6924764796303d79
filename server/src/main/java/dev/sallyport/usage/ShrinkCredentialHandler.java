package dev.sallyport.usage;

import dev.sallyport.http.BadInput;
import dev.sallyport.http.Handler;
import dev.sallyport.http.Problem;
import dev.sallyport.http.Reply;
import dev.sallyport.http.Request;
import dev.sallyport.http.Response;
import dev.sallyport.identity.Caller;
import dev.sallyport.identity.CredentialId;
import dev.sallyport.permission.Permissions;
import dev.sallyport.usage.ShrinkCredential.Result;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** {@code POST /sallyport/v1/credentials/{credential_id}/shrink} */
final class ShrinkCredentialHandler implements Handler {

    private static final int MOST_KEPT = 1_000;
    private static final int MOST_LISTED = 50;

    record Body(
            @Nullable Integer days,
            @Nullable List<@Nullable String> keep,
            @Nullable Boolean dry_run,
            @Nullable Boolean accept_refusals) {}

    /**
     * @param is_done false for a dry run, and where there was nothing to take away
     * @param scopes_before null where it was not narrowed
     * @param dropped null likewise
     * @param calls how many allowed ones are on record
     * @param would_refuse how many of those would be refused, beside those that would be refused anyhow
     * @param refused_anyhow how many would be refused as things stand: roles, APIs or operations have changed
     * @param refused_operations what the refused calls were, the first fifty
     */
    record ShrinkJson(
            String id,
            String kind,
            String name,
            WindowJson window,
            boolean is_current,
            boolean is_done,
            @Nullable List<String> scopes_before,
            List<String> scopes_after,
            @Nullable List<String> dropped,
            boolean is_smallest,
            long calls,
            long would_refuse,
            long refused_anyhow,
            List<OperationJson> refused_operations) {}

    private final ShrinkCredential shrinkCredential;
    private final Permissions permissions;

    ShrinkCredentialHandler(ShrinkCredential shrinkCredential, Permissions permissions) {
        this.shrinkCredential = shrinkCredential;
        this.permissions = permissions;
    }

    @Override
    public Response handle(Caller caller, Request request) {
        var body = request.body(Body.class);
        var id = CredentialId.parse(request.pathParameter("credential_id"));
        return id.isEmpty() ? notFound() : respond(shrinkCredential.shrink(caller, parse(id.get(), body)));
    }

    private static ShrinkCredential.Request parse(CredentialId id, Body body) {
        int days = Objects.requireNonNullElse(body.days(), UsageWindow.USUAL_DAYS);
        if (days < 1 || days > UsageWindow.MOST_DAYS) {
            throw new BadInput(
                    "invalid_days", "'days' must be a whole number from 1 to " + UsageWindow.MOST_DAYS + ".");
        }
        var keep = Objects.requireNonNullElse(body.keep(), List.<@Nullable String>of());
        if (keep.size() > MOST_KEPT || keep.stream().anyMatch(Objects::isNull)) {
            throw new BadInput("invalid_keep", "'keep' must list at most " + MOST_KEPT + " names of scopes.");
        }
        // Whoever leaves it out changes nothing.
        boolean isDryRun = Objects.requireNonNullElse(body.dry_run(), true);
        boolean acceptsRefusals = Objects.requireNonNullElse(body.accept_refusals(), false);
        return new ShrinkCredential.Request(
                id, days, keep.stream().map(String::valueOf).toList(), isDryRun, acceptsRefusals);
    }

    private static Problem notFound() {
        return Problem.notFound("Credential not found");
    }

    private Response respond(Result result) {
        return switch (result) {
            case Result.NotFound() -> notFound();
            case Result.WithoutScopes(var kind) ->
                Problem.badRequest("no_scopes", "An " + kind.title() + " has no scopes that could be narrowed.");
            case Result.UnknownKept(var names) ->
                Problem.badRequest(
                        "unknown_scopes", "The credential does not carry " + names.size() + " of the scopes to keep.");
            case Result.NothingRecorded(var window) ->
                Problem.conflict(
                        "nothing_recorded",
                        "No allowed call of the credential is on record since " + window.sinceDate()
                                + ". Revoke it if nobody needs it, or name the scopes to keep.");
            case Result.NoScopeNeeded() ->
                Problem.conflict(
                        "no_scope_needed",
                        "None of the recorded calls needs a scope, and a credential has one at least. Name the scopes to"
                                + " keep.");
            case Result.NotCounted(var window) ->
                Problem.conflict(
                        "not_counted",
                        "Calls are counted since " + window.sinceDate() + ". Ask for at most " + window.countedDays()
                                + " days, or look again later.");
            case Result.Behind() ->
                Problem.conflict("counts_behind", "The latest calls are not counted yet. Try again in a moment.");
            case Result.WouldRefuse(var plan) ->
                Problem.conflict(
                        "would_refuse",
                        plan.refusing()
                                + " of the recorded calls would be refused, because no scope stands for what they"
                                + " need. Set 'accept_refusals' if that is meant.");
            case Result.Refused(var problem) -> problem;
            case Result.Planned(var plan, var isCurrent, var isDone) -> Reply.ok(json(plan, isCurrent, isDone));
        };
    }

    private ShrinkJson json(ScopePlan plan, boolean isCurrent, boolean isDone) {
        var footprint = plan.footprint();
        var credential = footprint.credential();
        return new ShrinkJson(
                credential.id().toString(),
                credential.kind().code(),
                credential.name(),
                WindowJson.of(footprint.window(), credential.createdAt()),
                isCurrent,
                isDone,
                plan.before().orElse(null),
                plan.after(),
                plan.before().map(before -> minus(before, plan.after())).orElse(null),
                plan.isSmallest(),
                footprint.allowed(),
                plan.refusing(),
                footprint.refusedBy(footprint.now()),
                plan.refusedOperations().stream()
                        .limit(MOST_LISTED)
                        .map(used -> OperationJson.of(used, true, permissions))
                        .toList());
    }

    private static List<String> minus(List<String> before, List<String> after) {
        var dropped = new TreeSet<>(before);
        after.forEach(dropped::remove);
        return List.copyOf(dropped);
    }
}
