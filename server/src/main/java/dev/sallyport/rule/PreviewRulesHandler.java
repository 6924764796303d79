package dev.sallyport.rule;

import dev.sallyport.credential.StoredCredential;
import dev.sallyport.http.Handler;
import dev.sallyport.http.Reply;
import dev.sallyport.http.Request;
import dev.sallyport.http.Response;
import dev.sallyport.http.Rfc3339;
import dev.sallyport.identity.Caller;
import dev.sallyport.permission.Permission;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code POST /sallyport/v1/credential_rules/preview} */
final class PreviewRulesHandler implements Handler {

    /** @param would_end how many credentials would end if the rules were applied to what exists */
    record PreviewAnswer(long would_end, List<FindingJson> broken) {}

    /** @param sample the first few; none for a caller who may not see the credentials of others */
    record FindingJson(String rule, long count, List<CredentialJson> sample) {}

    record CredentialJson(
            String id,
            String kind,
            String name,
            @Nullable String owner,
            String created_at,
            @Nullable String expires_at,
            @Nullable String last_used_at) {}

    private final PreviewRules previewRules;
    private final Permission readOthers;

    PreviewRulesHandler(PreviewRules previewRules, Permission readOthers) {
        this.previewRules = previewRules;
        this.readOthers = readOthers;
    }

    @Override
    public Response handle(Caller caller, Request request) {
        var body = request.body(RulesBody.class);
        var findings = previewRules.preview(caller, new PreviewRules.Request(body.parsedRules(), body.applied()));
        var seesOthers = caller.authority().holds(readOthers);
        return Reply.ok(new PreviewAnswer(
                findings.endingCount(),
                findings.all().stream()
                        .map(finding -> new FindingJson(
                                finding.rule().toString(),
                                finding.count(),
                                seesOthers
                                        ? finding.sample().stream()
                                                .map(PreviewRulesHandler::json)
                                                .toList()
                                        : List.of()))
                        .toList()));
    }

    private static CredentialJson json(StoredCredential credential) {
        return new CredentialJson(
                credential.id().toString(),
                credential.kind().code(),
                credential.name(),
                Optional.ofNullable(credential.owner()).map(Object::toString).orElse(null),
                Rfc3339.format(credential.createdAt()),
                time(credential.expiresAt()),
                time(credential.lastUsedAt()));
    }

    private static @Nullable String time(@Nullable Instant instant) {
        return instant == null ? null : Rfc3339.format(instant);
    }
}
