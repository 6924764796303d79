package dev.sallyport.credential;

import dev.sallyport.permission.Permissions;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What a live credential carries at this moment, as it is stored.
 *
 * @param scopes empty where it is not narrowed
 */
public record Carried(Optional<List<String>> scopes) {

    /** Whether all that are wanted are within it; see {@link Permissions#IMPORTING}. */
    public boolean includes(Collection<String> wanted) {
        if (scopes.isEmpty()) {
            return true;
        }
        var names = scopes.get();
        var isImporting = names.contains(Permissions.IMPORTING);
        return wanted.stream()
                .allMatch(name ->
                        names.contains(name) || (isImporting && name.indexOf(Permissions.NAMESPACE_SEPARATOR) > 0));
    }

    /** The same where nothing wanted means everything. */
    public boolean includes(Optional<List<String>> wanted) {
        return wanted.map(this::includes).orElse(scopes.isEmpty());
    }
}
