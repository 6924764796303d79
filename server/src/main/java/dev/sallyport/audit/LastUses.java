package dev.sallyport.audit;

import dev.sallyport.audit.LastUse.Use;
import dev.sallyport.identity.CredentialId;
import dev.sallyport.identity.OrganizationId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Collects uses of credentials until they are told, the longest waiting first. What does not fit is forgotten: the next use
 * brings it back. Used by one thread.
 */
final class LastUses {

    private static final int CREDENTIALS = 100_000;
    private static final int FLUSH = 2_000;

    private final LastUse target;
    private final Map<CredentialId, Use> waiting = new LinkedHashMap<>();

    LastUses(LastUse target) {
        this.target = target;
    }

    void add(LoggedDecision decision) {
        var who = decision.who();
        // Whoever was only asked about has used nothing.
        if (who == null || !decision.isAllowed() || !decision.presented().isEmpty()) {
            return;
        }
        var use = new Use(
                new CredentialId(who.credential()), new OrganizationId(who.organization()), decision.atMicros());
        if (waiting.size() < CREDENTIALS || waiting.containsKey(use.credential())) {
            waiting.merge(use.credential(), use, (old, fresh) -> fresh.atMicros() > old.atMicros() ? fresh : old);
        }
    }

    /** Tells one portion; the rest stays for the next time, and all of it if the target fails. */
    void flush() {
        if (!waiting.isEmpty()) {
            List<Use> portion = waiting.values().stream().limit(FLUSH).toList();
            target.used(portion);
            portion.forEach(use -> waiting.remove(use.credential()));
        }
    }
}
