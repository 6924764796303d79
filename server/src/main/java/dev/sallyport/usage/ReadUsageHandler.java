package dev.sallyport.usage;

import dev.sallyport.http.Handler;
import dev.sallyport.http.Problem;
import dev.sallyport.http.Reply;
import dev.sallyport.http.Request;
import dev.sallyport.http.Response;
import dev.sallyport.identity.Caller;
import dev.sallyport.identity.CredentialId;
import dev.sallyport.permission.Permissions;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** {@code GET /sallyport/v1/credentials/{credential_id}/usage} */
final class ReadUsageHandler implements Handler {

    /**
     * @param is_current whether all that this node decided before the question is counted
     * @param held what it may do now: its scopes, as far as its owner holds them
     * @param used of those, what one of its allowed calls can have been let in by
     * @param smallest_scopes the fewest scopes with which its allowed calls would pass; null where it has no scopes to narrow
     * @param is_smallest whether there is certainly no smaller set
     */
    record UsageJson(
            String id,
            String kind,
            String name,
            WindowJson window,
            boolean is_current,
            long allowed,
            long refused,
            List<String> held,
            List<String> used,
            List<String> never_used,
            @Nullable List<String> scopes,
            @Nullable List<String> smallest_scopes,
            boolean is_smallest,
            List<OperationJson> operations) {}

    private final Footprints footprints;
    private final ScopePlanner planner;
    private final Permissions permissions;
    private final BooleanSupplier isCounted;

    ReadUsageHandler(Footprints footprints, ScopePlanner planner, Permissions permissions, BooleanSupplier isCounted) {
        this.footprints = footprints;
        this.planner = planner;
        this.permissions = permissions;
        this.isCounted = isCounted;
    }

    @Override
    public Response handle(Caller caller, Request request) {
        var days = request.query().number("days", UsageWindow.USUAL_DAYS, 1, UsageWindow.MOST_DAYS);
        var isCurrent = isCounted.getAsBoolean();
        return CredentialId.parse(request.pathParameter("credential_id"))
                .flatMap(id -> footprints.of(caller, id, days))
                .<Response>map(footprint -> Reply.ok(json(footprint, isCurrent)))
                .orElseGet(() -> Problem.notFound("Credential not found"));
    }

    private UsageJson json(Footprint footprint, boolean isCurrent) {
        var credential = footprint.credential();
        var held = footprint.now().authority();
        var used = footprint.used();
        var isNarrowed = CredentialSight.NARROWED.contains(credential.kind());
        var smallest = planner.smallest(footprint);
        return new UsageJson(
                credential.id().toString(),
                credential.kind().code(),
                credential.name(),
                WindowJson.of(footprint.window(), credential.createdAt()),
                isCurrent,
                footprint.allowed(),
                footprint.operations().stream()
                        .mapToLong(operation -> operation.called().refused())
                        .sum(),
                permissions.namesOf(held),
                permissions.namesOf(used),
                permissions.namesOf(held.minus(used)),
                credential.scopes().orElse(null),
                isNarrowed ? permissions.namesOf(smallest.scopes()) : null,
                smallest.isSmallest(),
                footprint.operations().stream()
                        .map(operation -> OperationJson.of(
                                operation, Footprint.isPermitted(operation, footprint.now()), permissions))
                        .toList());
    }
}
