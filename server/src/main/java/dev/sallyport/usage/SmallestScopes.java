package dev.sallyport.usage;

import dev.sallyport.permission.Authority;
import dev.sallyport.permission.Requirement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * The fewest scopes that meet many requirements at once. Where an operation takes one of several sets, the one is taken that other
 * operations need anyhow; of equally few, the ones that reach least far.
 *
 * <p>The search is exact until it has taken many steps; then the best that it has found stands, which is at least what taking the
 * cheapest alternative each time gives.
 */
final class SmallestScopes {

    private static final int MOST_STEPS = 50_000;

    /** @param isSmallest whether there is certainly nothing smaller */
    record Found(Authority scopes, boolean isSmallest) {}

    private final ScopeCost cost;
    private final List<List<Authority>> open = new ArrayList<>();
    private Authority best = Authority.NONE;
    private long bestCost = Long.MAX_VALUE;
    private int steps;

    private SmallestScopes(ScopeCost cost) {
        this.cost = cost;
    }

    /**
     * @param needs each to be met by one of its alternatives
     * @param usable what may be taken: alternatives beyond it are passed over, and needs with no other are left unmet
     */
    static Found of(Collection<Requirement.Holding> needs, Authority usable, ScopeCost cost) {
        var search = new SmallestScopes(cost);
        var forced = Authority.NONE;
        for (var need : List.copyOf(new java.util.LinkedHashSet<>(needs))) {
            var alternatives =
                    need.alternatives().stream().filter(usable::includes).toList();
            if (alternatives.size() == 1) {
                forced = forced.union(alternatives.getFirst());
            } else if (!alternatives.isEmpty()) {
                search.open.add(alternatives);
            }
        }
        search.open.sort(Comparator.comparingInt(List::size));
        search.visit(0, forced);
        return new Found(search.best, search.steps <= MOST_STEPS);
    }

    private void visit(int from, Authority chosen) {
        steps++;
        var costSoFar = cost.of(chosen);
        if (costSoFar >= bestCost || (steps > MOST_STEPS && bestCost != Long.MAX_VALUE)) {
            return;
        }
        var next = from;
        while (next < open.size() && open.get(next).stream().anyMatch(chosen::includes)) {
            next++;
        }
        if (next == open.size()) {
            best = chosen;
            bestCost = costSoFar;
            return;
        }
        var after = next + 1;
        open.get(next).stream()
                .map(chosen::union)
                .sorted(Comparator.comparingLong(cost::of))
                .forEach(wider -> visit(after, wider));
    }
}
