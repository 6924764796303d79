package dev.sallyport.usage;

import dev.sallyport.permission.Authority;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;

/** Needs that hang together, because a scope could serve more than one of them. */
final class NeedGroups {

    private final int[] leaders;

    private NeedGroups(int size) {
        leaders = new int[size];
        for (var i = 0; i < size; i++) {
            leaders[i] = i;
        }
    }

    /**
     * In the order of the needs.
     *
     * @param forced what is taken anyhow, and therefore ties nothing together
     */
    static Collection<List<List<Authority>>> of(List<List<Authority>> needs, Authority forced, ScopeCost cost) {
        var groups = new NeedGroups(needs.size());
        var first = new HashMap<String, Integer>();
        for (var i = 0; i < needs.size(); i++) {
            for (var alternative : needs.get(i)) {
                for (var name : cost.namesOf(alternative.minus(forced))) {
                    var other = first.putIfAbsent(name, i);
                    if (other != null) {
                        groups.leaders[groups.leader(i)] = groups.leader(other);
                    }
                }
            }
        }
        var together = new LinkedHashMap<Integer, List<List<Authority>>>();
        for (var i = 0; i < needs.size(); i++) {
            together.computeIfAbsent(groups.leader(i), _ -> new ArrayList<>()).add(needs.get(i));
        }
        return together.values();
    }

    private int leader(int need) {
        var leader = need;
        while (leaders[leader] != leader) {
            leaders[leader] = leaders[leaders[leader]];
            leader = leaders[leader];
        }
        return leader;
    }
}
