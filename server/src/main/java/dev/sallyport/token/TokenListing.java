package dev.sallyport.token;

import dev.sallyport.identity.OrganizationId;
import dev.sallyport.identity.PrincipalId;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Which tokens of an organization are listed, and how.
 *
 * @param owners empty for everybody
 * @param filter a part of the name, folded; empty for any name
 */
record TokenListing(
        OrganizationId organization,
        SortedSet<PrincipalId> owners,
        String filter,
        TokenSort sort,
        long size,
        long number) {

    TokenListing {
        owners = sorted(owners);
    }

    static SortedSet<PrincipalId> sorted(Collection<PrincipalId> owners) {
        var sorted = new TreeSet<PrincipalId>(Comparator.comparing(PrincipalId::value));
        sorted.addAll(owners);
        return Collections.unmodifiableSortedSet(sorted);
    }

    /** The owners as one text that can be bound; an id is in it or not. */
    String ownersText() {
        return String.join(",", owners.stream().map(PrincipalId::toString).toList());
    }

    /** The filter as a pattern of {@code LIKE … ESCAPE '!'}. */
    String pattern() {
        return "%" + filter.replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%";
    }

    long offset() {
        return size * number;
    }
}
