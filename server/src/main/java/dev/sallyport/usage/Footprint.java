package dev.sallyport.usage;

import dev.sallyport.credential.StoredCredential;
import dev.sallyport.decision.Decision;
import dev.sallyport.decision.Rehearsal;
import dev.sallyport.permission.Authority;
import dev.sallyport.permission.Requirement;
import java.util.ArrayList;
import java.util.List;

/**
 * What a credential was used for within some days, as its calls would be decided now.
 *
 * @param now how it stands
 */
record Footprint(StoredCredential credential, UsageWindow window, List<UsedOperation> operations, Rehearsal now) {

    Footprint {
        operations = List.copyOf(operations);
    }

    long allowed() {
        return operations.stream()
                .mapToLong(operation -> operation.called().allowed())
                .sum();
    }

    /** Those that were called and allowed. */
    private List<UsedOperation> allowedOperations() {
        return operations.stream()
                .filter(operation -> operation.called().allowed() > 0)
                .toList();
    }

    /** Whether the calls of an operation would all pass: each of the operations that they can have been. */
    static boolean isPermitted(UsedOperation used, Rehearsal rehearsal) {
        var api = used.api();
        return api != null
                && !used.meant().isEmpty()
                && used.meant().stream()
                        .allMatch(operation -> rehearsal.decide(api, operation) instanceof Decision.Permit);
    }

    /** What its allowed calls need now. */
    List<Requirement.Holding> needs() {
        var needs = new ArrayList<Requirement.Holding>();
        for (var used : allowedOperations()) {
            for (var operation : used.meant()) {
                if (operation.requirement() instanceof Requirement.Holding holding) {
                    needs.add(holding);
                }
            }
        }
        return needs;
    }

    /** Of what it may do now, whatever one of its allowed calls can have been let in by. */
    Authority used() {
        var held = now.authority();
        return needs().stream()
                .flatMap(need -> need.alternatives().stream())
                .filter(held::includes)
                .reduce(Authority.NONE, Authority::union);
    }

    /** How many of the allowed calls that rehearsal would refuse. */
    long refusedBy(Rehearsal rehearsal) {
        return refusedOperations(rehearsal).stream()
                .mapToLong(operation -> operation.called().allowed())
                .sum();
    }

    List<UsedOperation> refusedOperations(Rehearsal rehearsal) {
        return allowedOperations().stream()
                .filter(used -> !isPermitted(used, rehearsal))
                .toList();
    }
}
