package dev.sallyport.leak;

import dev.sallyport.identity.Origin;
import dev.sallyport.secret.LeakedText;
import java.util.List;

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

    /** An address can hold the credential itself, which must not get into the trail. */
    private static Leak leak(LeakReport.Item item, LeakedText text, Origin origin) {
        var source = item.source() == null ? "" : item.source();
        var url = item.url() == null ? "" : item.url();
        return new Leak(
                Leak.Reporter.GITHUB,
                source.replace(item.token(), text.shown()),
                url.replace(item.token(), text.shown()),
                origin);
    }
}
