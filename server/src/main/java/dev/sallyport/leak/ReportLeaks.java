package dev.sallyport.leak;

import dev.sallyport.identity.Origin;
import dev.sallyport.secret.LeakFinder;
import dev.sallyport.secret.LeakedText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers for each reported text whether it is a credential of ours, and ends those that live. */
final class ReportLeaks {

    /** @param isOurs whether its whole secret was proved, dead or alive */
    record Verdict(LeakReport.Item item, boolean isOurs) {}

    private final LeakedCredentials credentials;
    private final LeakSettings settings;

    ReportLeaks(LeakedCredentials credentials, LeakSettings settings) {
        this.credentials = credentials;
        this.settings = settings;
    }

    /** The verdicts in the order of the items. A text of another issuer's form is not looked up. */
    List<Verdict> report(List<LeakReport.Item> items, Origin origin) {
        return items.stream().map(item -> report(item, origin)).toList();
    }

    private Verdict report(LeakReport.Item item, Origin origin) {
        var text = LeakedText.recognise(settings.brand(), item.token());
        if (text == null) {
            return new Verdict(item, false);
        }
        var proof = credentials.prove(item.token());
        proof.filter(Proof::isLive).ifPresent(live -> respond(live, leak(item, text, origin)));
        return new Verdict(item, proof.isPresent());
    }

    private void respond(Proof live, Leak leak) {
        switch (settings.response()) {
            case REVOKE -> credentials.revoke(live, leak);
            case REPORT -> credentials.note(live, leak);
        }
    }

    private Leak leak(LeakReport.Item item, LeakedText text, Origin origin) {
        return new Leak(Leak.Reporter.GITHUB, masked(item.source(), text), masked(item.url(), text), origin);
    }

    /** An address can hold the credential itself and others, which must not get into the trail. */
    private String masked(@Nullable String address, LeakedText reported) {
        // First what is invisible goes: it could hide a credential that is whole without it.
        var visible = address == null ? "" : Leak.clean(address, LeakReport.LONGEST_TEXT);
        var found = new ArrayList<>(List.of(reported));
        var finder = new LeakFinder(settings.brand(), hit -> found.add(hit.found()));
        var bytes = visible.getBytes(StandardCharsets.UTF_8);
        finder.feed(bytes, bytes.length);
        finder.finish();
        for (var credential : found) {
            visible = visible.replace(credential.text().reveal(), credential.shown());
        }
        return visible;
    }
}
