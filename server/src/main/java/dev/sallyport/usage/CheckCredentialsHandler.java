package dev.sallyport.usage;

import dev.sallyport.chooser.Choice;
import dev.sallyport.chooser.Chooser;
import dev.sallyport.credential.StoredCredential;
import dev.sallyport.http.BadInput;
import dev.sallyport.http.Handler;
import dev.sallyport.http.Reply;
import dev.sallyport.http.Request;
import dev.sallyport.http.Response;
import dev.sallyport.identity.Caller;
import dev.sallyport.identity.CredentialId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** {@code GET /sallyport/v1/choose/check} */
final class CheckCredentialsHandler implements Handler {

    private static final int USUAL_PAGE = 100;

    /** All of them called for ninety days, and many operations a day, are read in a second. */
    private static final int LARGEST_PAGE = 200;

    /** Where it runs cannot be seen from its calls. */
    private static final String ANYWHERE = "elsewhere";

    private static final String PLATFORM = "platform";

    /** @param counted_from the first of the days that was counted */
    record DaysJson(int days, String from, String counted_from) {}

    /**
     * @param checked how many credentials were looked at
     * @param next_cursor null where that was all
     */
    record CheckJson(
            DaysJson window,
            int checked,
            List<FindingJson> findings,
            @Nullable String next_cursor) {}

    /**
     * @param owner the id of as whom it acts
     * @param advice null where no other kind would do better
     * @param with_platform_identity what would be better still where the platform has an identity for whatever calls; null where
     *     that makes no difference
     * @param command what to do next, with words in capitals for what only the reader knows
     */
    record FindingJson(
            String finding,
            String explanation,
            String credential,
            String kind,
            String name,
            @Nullable String owner,
            Map<String, Long> evidence,
            @Nullable AdviceJson advice,
            @Nullable AdviceJson with_platform_identity,
            String command) {}

    /** @param use what this server can issue: the same as the best, or what stands in for it until it can */
    record AdviceJson(String best, String use, String reason, String life) {}

    private final CheckCredentials checkCredentials;
    private final Chooser chooser;

    CheckCredentialsHandler(CheckCredentials checkCredentials, Chooser chooser) {
        this.checkCredentials = checkCredentials;
        this.chooser = chooser;
    }

    @Override
    public Response handle(Caller caller, Request request) {
        var query = request.query();
        var days = query.number("days", UsageWindow.USUAL_DAYS, 1, UsageWindow.MOST_DAYS);
        var most = query.number("limit", USUAL_PAGE, 1, LARGEST_PAGE);
        var after = query.one("cursor")
                .map(text -> CredentialId.parse(text)
                        .map(CredentialId::toString)
                        .orElseThrow(() ->
                                new BadInput("invalid_cursor", "'cursor' must be the 'next_cursor' of an answer.")))
                .orElse("");
        var checked = checkCredentials.check(caller, new CheckCredentials.Request(days, most, after));
        var window = checked.window();
        return Reply.ok(new CheckJson(
                new DaysJson(window.days(), window.firstDate(), window.sinceDate()),
                checked.checked(),
                checked.findings().stream().map(this::json).toList(),
                checked.next().map(CredentialId::toString).orElse(null)));
    }

    private FindingJson json(CheckCredentials.Finding finding) {
        var traffic = finding.traffic();
        var credential = traffic.credential();
        var answers = Misfit.answers(finding.misfit(), traffic);
        var advice = answers.isEmpty() ? null : advice(answers, ANYWHERE);
        var onPlatform = answers.isEmpty() ? null : advice(answers, PLATFORM);
        return new FindingJson(
                finding.misfit().code(),
                finding.misfit().sentence(),
                credential.id().toString(),
                credential.kind().code(),
                credential.name(),
                credential.owner() == null ? null : credential.owner().toString(),
                evidence(traffic),
                advice == null ? null : json(advice),
                onPlatform == null || onPlatform.equals(advice) ? null : json(onPlatform),
                advice == null ? revocation(credential) : advice.command());
    }

    private static Map<String, Long> evidence(Traffic traffic) {
        var evidence = new TreeMap<String, Long>();
        evidence.put("calls", traffic.calls());
        evidence.put("allowed", traffic.allowed());
        evidence.put("days_used", (long) traffic.days().size());
        evidence.put("days_of_20_hours", traffic.machineDays());
        var lastUsed = traffic.credential().lastUsedAt();
        var lastDay = UsageWindow.dayOf(lastUsed == null ? traffic.credential().createdAt() : lastUsed);
        var window = traffic.window();
        evidence.put("days_since_use", window.firstDay() + window.days() - 1 - lastDay);
        return evidence;
    }

    private Choice.@Nullable Advice advice(Map<String, String> answers, String from) {
        var all = new HashMap<>(answers);
        all.put("from", from);
        return chooser.choose(all) instanceof Choice.Advice advice ? advice : null;
    }

    private static AdviceJson json(Choice.Advice advice) {
        return new AdviceJson(advice.best().id(), advice.use().id(), advice.reason(), advice.life());
    }

    private static String revocation(StoredCredential credential) {
        return switch (credential.kind()) {
            case PERSONAL_ACCESS_TOKEN -> "sallyport pat revoke " + credential.id();
            case SERVICE_ACCESS_TOKEN -> "sallyport sat revoke " + credential.owner() + " " + credential.id();
            case APPLICATION_KEY, API_KEY, SETUP_LINK, INVITATION ->
                "sallyport app-key revoke --all " + credential.id();
        };
    }
}
