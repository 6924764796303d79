package dev.sallyport.credential;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.sallyport.http.BadInput;
import dev.sallyport.http.Handler;
import dev.sallyport.http.Problem;
import dev.sallyport.http.Reply;
import dev.sallyport.http.Request;
import dev.sallyport.http.Response;
import dev.sallyport.identity.Caller;
import dev.sallyport.identity.DisplayName;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** {@code POST /sallyport/v1/credentials/revoke} */
final class RevokeCredentialsHandler implements Handler {

    private static final String USUAL_REASON = "revoked by filter";

    record Body(
            @Nullable FilterJson filter,

            @JsonProperty("with_descendants") @Nullable Boolean withDescendants,

            @JsonProperty("dry_run") @Nullable Boolean dryRun,

            @Nullable Integer expect,

            @JsonProperty("include_own") @Nullable Boolean includeOwn,

            @Nullable String reason) {}

    /**
     * @param complete false where the filter finds more than one call ends
     * @param sample at most twenty
     */
    record Answer(
            boolean dry_run,
            int count,
            boolean complete,
            Map<String, Integer> kinds,
            List<CredentialJson> sample,
            List<String> revocations) {}

    private final RevokeByFilter revokeByFilter;
    private final BiPredicate<Caller, String> isKnownScope;
    private final String brand;

    RevokeCredentialsHandler(RevokeByFilter revokeByFilter, BiPredicate<Caller, String> isKnownScope, String brand) {
        this.revokeByFilter = revokeByFilter;
        this.isKnownScope = isKnownScope;
        this.brand = brand;
    }

    @Override
    public Response handle(Caller caller, Request request) {
        var body = request.body(Body.class);
        return respond(revokeByFilter.revoke(
                caller,
                new RevokeByFilter.Request(
                        filter(caller, body.filter()),
                        is(body.withDescendants(), false) ? Lineage.WITH_DESCENDANTS : Lineage.ALONE,
                        is(body.dryRun(), true),
                        body.expect(),
                        is(body.includeOwn(), false),
                        reason(body.reason()))));
    }

    private static boolean is(@Nullable Boolean said, boolean unlessSaid) {
        return Objects.requireNonNullElse(said, unlessSaid);
    }

    /** Everything is ended only by whoever says so: an empty filter may be a mistake. */
    private CredentialFilter filter(Caller caller, @Nullable FilterJson json) {
        if (json == null) {
            throw new BadInput("missing_member", "The member 'filter' is missing.");
        }
        var filter = json.parse(scope -> isKnownScope.test(caller, scope));
        if (filter.equals(CredentialFilter.ALL) != is(json.all(), false)) {
            throw new BadInput(
                    "empty_filter",
                    "A filter that finds every credential is written {\"all\": true}, and 'all' stands alone.");
        }
        return filter;
    }

    private static String reason(@Nullable String reason) {
        if (reason == null) {
            return USUAL_REASON;
        }
        if (DisplayName.problemWith(reason).isPresent()) {
            throw new BadInput(
                    "invalid_reason",
                    "'reason' must be a line of text of at most " + DisplayName.LONGEST + " characters.");
        }
        return reason;
    }

    private Response respond(RevokeByFilter.Result result) {
        return switch (result) {
            case RevokeByFilter.Result.Rehearsed(var summary) -> Reply.ok(answer(summary, true));
            case RevokeByFilter.Result.Done(var summary) -> Reply.ok(answer(summary, false));
            case RevokeByFilter.Result.NotAsExpected(var found) ->
                Problem.conflict("not_as_expected", "The filter finds " + found + " now. Look again.");
            case RevokeByFilter.Result.OutOfReach() ->
                Problem.forbidden(
                        "kind_out_of_reach",
                        "API keys are revoked with " + KindReach.DELETING_KEYS + ", every other kind with "
                                + KindReach.WRITING + ".");
        };
    }

    private Answer answer(RevokeByFilter.Summary summary, boolean isRehearsal) {
        return new Answer(
                isRehearsal,
                summary.count(),
                summary.isComplete(),
                CredentialJson.counts(summary.byKind()),
                summary.sample().stream()
                        .map(credential -> CredentialJson.of(credential, summary.owners(), brand))
                        .toList(),
                summary.revocations().stream().map(UUID::toString).toList());
    }
}
