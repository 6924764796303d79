package dev.sallyport.catalogue;

import dev.sallyport.http.Route;
import dev.sallyport.identity.OrganizationId;
import dev.sallyport.permission.Permission;
import dev.sallyport.permission.Requirement;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Something whose calls are decided here.
 *
 * @param id unique in the whole installation, not only in an organization; never changes
 * @param hosts where it is served, in lower case, with the port where it is not the usual one; may be empty
 * @param admits whose credentials exist here
 * @param permissions those of its own namespace, in the order of their names
 */
public record ProtectedApi(
        String id,
        String title,
        List<String> hosts,
        Admits admits,
        OperationTable operations,
        List<Permission> permissions) {

    /** The shipped Datadog catalogue. */
    public static final String DATADOG = "datadog";

    /** The management API of this program. */
    public static final String SALLYPORT = "sallyport";

    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]{0,39}");

    public ProtectedApi {
        if (!isId(id)) {
            throw new IllegalArgumentException(id + " must match " + ID);
        }
        hosts = List.copyOf(hosts);
        permissions = List.copyOf(permissions);
    }

    /** The organizations whose credentials an API knows. To it, every other credential is unknown. */
    public sealed interface Admits {
        record Everyone() implements Admits {}

        record Only(OrganizationId organization) implements Admits {}
    }

    /** The API that a list of routes makes: one operation for each route that asks who calls. */
    public static ProtectedApi ofRoutes(String id, String title, List<Route> routes) {
        var operations = routes.stream()
                .filter(route -> !(route.requirement() instanceof Requirement.Open))
                .map(route -> new Operation(
                        route.operation(), route.method().name(), route.path(), route.requirement(), route.accepts()))
                .toList();
        return new ProtectedApi(id, title, List.of(), new Admits.Everyone(), OperationTable.of(operations), List.of());
    }

    public static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    /** Whether the id is spoken for: nothing can be imported under it. */
    static boolean isReserved(String id) {
        return id.equals(DATADOG) || id.equals(SALLYPORT);
    }

    public boolean admits(OrganizationId organization) {
        return switch (admits) {
            case Admits.Everyone _ -> true;
            case Admits.Only(var only) -> only.equals(organization);
        };
    }

    /**
     * The {@code aud} of identity assertions for this API. It is the id and not a host: an id has one holder, while anybody
     * can import a document that names somebody else's host.
     */
    public String audience() {
        return id;
    }
}
