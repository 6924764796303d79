package dev.sallyport.rule;

import dev.sallyport.credential.StoredCredential;
import dev.sallyport.identity.CredentialId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Which live credentials break which rules. */
final class Findings {

    /** Of each rule. */
    static final int SAMPLE = 20;

    /** What one change of the rules ends. */
    static final int MOST_ENDED = 10_000;

    /** @param sample the first few */
    record Finding(RuleName rule, long count, List<StoredCredential> sample) {
        Finding {
            sample = List.copyOf(sample);
        }
    }

    private static final class Tally {
        private long count;
        private final List<StoredCredential> sample = new ArrayList<>();
    }

    private final Predicate<RuleName> isChosen;
    private final TreeMap<RuleName, Tally> tallies = new TreeMap<>();
    private final List<StoredCredential> ending = new ArrayList<>();
    private final Set<CredentialId> endingIds = new HashSet<>();
    private long endingCount;

    /** @param isChosen the rules that are to end what breaks them */
    Findings(Predicate<RuleName> isChosen) {
        this.isChosen = isChosen;
    }

    void add(StoredCredential credential, Set<RuleName> broken) {
        for (var rule : broken) {
            var tally = tallies.computeIfAbsent(rule, _ -> new Tally());
            tally.count++;
            if (tally.sample.size() < SAMPLE) {
                tally.sample.add(credential);
            }
        }
        if (broken.stream().anyMatch(isChosen)) {
            endingCount++;
            if (ending.size() < MOST_ENDED) {
                ending.add(credential);
                endingIds.add(credential.id());
            }
        }
    }

    List<Finding> all() {
        return tallies.entrySet().stream()
                .map(entry -> new Finding(entry.getKey(), entry.getValue().count, entry.getValue().sample))
                .toList();
    }

    /** How many credentials break at least one of the chosen rules. */
    long endingCount() {
        return endingCount;
    }

    /** Those, as far as one change of the rules ends them. */
    List<StoredCredential> ending() {
        return List.copyOf(ending);
    }

    boolean ends(CredentialId id) {
        return endingIds.contains(id);
    }
}
