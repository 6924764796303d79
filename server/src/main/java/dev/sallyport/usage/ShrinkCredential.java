package dev.sallyport.usage;

import dev.sallyport.http.Problem;
import dev.sallyport.identity.Caller;
import dev.sallyport.identity.CredentialId;
import dev.sallyport.identity.CredentialKind;
import dev.sallyport.permission.Authority;
import dev.sallyport.permission.Permissions;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Narrows a credential to the scopes that its recorded calls need. */
final class ShrinkCredential {

    /**
     * @param keep scopes that stay, whether or not a call needed them
     * @param acceptsRefusals whether it may be done although calls like recorded ones would then be refused
     */
    record Request(CredentialId id, int days, List<String> keep, boolean isDryRun, boolean acceptsRefusals) {
        Request {
            keep = List.copyOf(keep);
        }
    }

    sealed interface Result {

        /** Or out of the caller's sight: the two look alike. */
        record NotFound() implements Result {}

        record WithoutScopes(CredentialKind kind) implements Result {}

        record UnknownKept(List<String> names) implements Result {}

        /** It called nothing, so there is nothing to go by. */
        record NothingRecorded(UsageWindow window) implements Result {}

        /** Whatever it called asks for no permission, and a credential without any scope there is not. */
        record NoScopeNeeded() implements Result {}

        /** Counting began after the first of the days. */
        record NotCounted(UsageWindow window) implements Result {}

        /** What this node decided last is not counted yet. */
        record Behind() implements Result {}

        record WouldRefuse(ScopePlan plan) implements Result {}

        record Refused(Problem problem) implements Result {}

        /** @param isDone false for a dry run, and where there is nothing to take away */
        record Planned(ScopePlan plan, boolean isCurrent, boolean isDone) implements Result {}
    }

    private final Footprints footprints;
    private final ScopePlanner planner;
    private final Permissions permissions;
    private final Rescope rescope;
    private final BooleanSupplier isCounted;

    ShrinkCredential(
            Footprints footprints,
            ScopePlanner planner,
            Permissions permissions,
            Rescope rescope,
            BooleanSupplier isCounted) {
        this.footprints = footprints;
        this.planner = planner;
        this.permissions = permissions;
        this.rescope = rescope;
        this.isCounted = isCounted;
    }

    Result shrink(Caller caller, Request request) {
        var isCurrent = isCounted.getAsBoolean();
        return footprints
                .of(caller, request.id(), request.days())
                .map(footprint -> shrink(caller, request, footprint, isCurrent))
                .orElseGet(Result.NotFound::new);
    }

    private Result shrink(Caller caller, Request request, Footprint footprint, boolean isCurrent) {
        var credential = footprint.credential();
        if (!CredentialSight.NARROWED.contains(credential.kind())) {
            return new Result.WithoutScopes(credential.kind());
        }
        var usable = planner.usable(footprint);
        var unknown = request.keep().stream()
                .filter(name -> permissions.named(name).filter(usable::holds).isEmpty())
                .toList();
        if (!unknown.isEmpty()) {
            return new Result.UnknownKept(unknown);
        }
        var kept = permissions.authorityOf(request.keep());
        if (kept.isEmpty() && footprint.allowed() == 0) {
            return new Result.NothingRecorded(footprint.window());
        }
        return plan(caller, request, footprint, kept, isCurrent);
    }

    private Result plan(Caller caller, Request request, Footprint footprint, Authority kept, boolean isCurrent) {
        var planned = planner.plan(footprint, kept);
        if (planned.isEmpty()) {
            return new Result.NotFound();
        }
        var plan = planned.get();
        if (plan.after().isEmpty()) {
            return new Result.NoScopeNeeded();
        }
        return request.isDryRun() || plan.isUnchanged()
                ? new Result.Planned(plan, isCurrent, false)
                : apply(caller, request, plan, isCurrent);
    }

    private Result apply(Caller caller, Request request, ScopePlan plan, boolean isCurrent) {
        var footprint = plan.footprint();
        if (!isCurrent) {
            return new Result.Behind();
        }
        if (!footprint.window().isWholeFor(footprint.credential().createdAt())) {
            return new Result.NotCounted(footprint.window());
        }
        if (plan.refusing() > 0 && !request.acceptsRefusals()) {
            return new Result.WouldRefuse(plan);
        }
        return rescope.rescope(caller, footprint.credential(), plan.after())
                .<Result>map(Result.Refused::new)
                .orElseGet(() -> new Result.Planned(plan, true, true));
    }
}
