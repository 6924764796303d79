package dev.sallyport.usage;

import dev.sallyport.decision.Rehearsal;
import java.util.List;
import java.util.Optional;

/**
 * Fewer scopes for a credential, and what that would do.
 *
 * @param before empty where it is not narrowed
 * @param after sorted
 * @param isSmallest whether there is certainly no smaller set, but for what is kept on purpose
 * @param then how the credential would stand
 */
record ScopePlan(
        Footprint footprint, Optional<List<String>> before, List<String> after, boolean isSmallest, Rehearsal then) {

    ScopePlan {
        before = before.map(List::copyOf);
        after = List.copyOf(after);
    }

    /** Whether nothing would become less. */
    boolean isUnchanged() {
        return before.filter(
                        names -> List.copyOf(new java.util.TreeSet<>(names)).equals(after))
                .isPresent();
    }

    /** How many of the recorded calls would be refused that are allowed as things stand. */
    long refusing() {
        return footprint.refusedBy(then) - footprint.refusedBy(footprint.now());
    }

    /** What those calls were. */
    List<UsedOperation> refusedOperations() {
        return footprint.refusedOperations(then).stream()
                .filter(used -> Footprint.isPermitted(used, footprint.now()))
                .toList();
    }
}
