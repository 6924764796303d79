package dev.sallyport.usage;

import dev.sallyport.permission.Authority;
import dev.sallyport.permission.Requirement;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * The fewest scopes that meet many requirements at once. Where an operation takes one of several sets, the one is taken that other
 * operations need anyhow; of equally few, the ones that reach least far.
 *
 * <p>Requirements that have nothing in common are looked at apart. The search is exact until it has taken many steps; then the best
 * that it has found stands, which is at least as good as taking the cheapest alternative each time.
 */
final class SmallestScopes {

    private static final int MOST_STEPS = 20_000;

    /** So many requirements that hang together are searched, each a level of calls; of more, the cheapest way is taken. */
    private static final int DEEPEST = 300;

    /** @param isSmallest whether there is certainly nothing smaller */
    record Found(Authority scopes, boolean isSmallest) {}

    private record Step(Authority added, long cost) {}

    private final ScopeCost cost;
    private final List<List<Authority>> open;
    private Authority best = Authority.NONE;
    private long bestCost = Long.MAX_VALUE;
    private int steps;

    private SmallestScopes(ScopeCost cost, List<List<Authority>> open) {
        this.cost = cost;
        this.open = open;
    }

    /**
     * @param needs each to be met by one of its alternatives
     * @param usable what may be taken: alternatives beyond it are passed over, and needs with no other are left unmet
     */
    static Found of(Collection<Requirement.Holding> needs, Authority usable, ScopeCost cost) {
        var ways = new LinkedHashSet<>(needs)
                .stream()
                        .map(need -> need.alternatives().stream()
                                .filter(usable::includes)
                                .toList())
                        .filter(alternatives -> !alternatives.isEmpty())
                        .toList();
        var forced = ways.stream()
                .filter(alternatives -> alternatives.size() == 1)
                .map(List::getFirst)
                .reduce(Authority.NONE, Authority::union);
        var open = ways.stream()
                .filter(alternatives -> alternatives.stream().noneMatch(forced::includes))
                .sorted(Comparator.comparingInt(List::size))
                .toList();
        var scopes = forced;
        var isSmallest = true;
        for (var together : NeedGroups.of(open, forced, cost)) {
            var search = new SmallestScopes(cost, together);
            scopes = scopes.union(search.run(forced));
            isSmallest &= search.isExact();
        }
        return new Found(scopes, isSmallest);
    }

    private boolean isExact() {
        return open.size() <= DEEPEST && steps <= MOST_STEPS;
    }

    private Authority run(Authority forced) {
        var chosen = forced;
        var spent = 0L;
        for (var alternatives : open) {
            if (alternatives.stream().noneMatch(chosen::includes)) {
                var step = cheapestFirst(alternatives, chosen).getFirst();
                chosen = chosen.union(step.added());
                spent += step.cost();
            }
        }
        best = chosen;
        bestCost = spent;
        if (open.size() <= DEEPEST) {
            visit(0, forced, 0);
        }
        return best;
    }

    private void visit(int from, Authority chosen, long spent) {
        steps++;
        if (spent >= bestCost || steps > MOST_STEPS) {
            return;
        }
        var next = from;
        while (next < open.size() && open.get(next).stream().anyMatch(chosen::includes)) {
            next++;
        }
        if (next == open.size()) {
            best = chosen;
            bestCost = spent;
            return;
        }
        for (var step : cheapestFirst(open.get(next), chosen)) {
            visit(next + 1, chosen.union(step.added()), spent + step.cost());
        }
    }

    private List<Step> cheapestFirst(List<Authority> alternatives, Authority chosen) {
        return alternatives.stream()
                .map(alternative -> alternative.minus(chosen))
                .map(added -> new Step(added, cost.of(added)))
                .sorted(Comparator.comparingLong(Step::cost))
                .toList();
    }
}
