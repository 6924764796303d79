package dev.sallyport.catalogue;

import dev.sallyport.audit.ChangeTrail;
import dev.sallyport.feed.ChangeKind;
import dev.sallyport.feed.Feed;
import dev.sallyport.http.Method;
import dev.sallyport.http.Route;
import dev.sallyport.permission.Permissions;
import dev.sallyport.permission.Requirement;
import dev.sallyport.sql.Database;
import dev.sallyport.sql.Transaction;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The protected APIs: the shipped one, and those that organizations imported. */
public final class Catalogue {

    /** The subject of its changes is the id of an API. */
    public static final ChangeKind KIND = new ChangeKind("api");

    private final Permissions permissions;
    private final Database database;
    private final ProtectedApi shipped;
    private final ApiStore apis = new ApiStore();
    private final ImportApi importApi;

    /** Loads what is shipped. */
    public Catalogue(Database database, Feed feed, ChangeTrail trail, Permissions permissions, InstantSource clock) {
        this.permissions = permissions;
        this.database = database;
        this.shipped = ShippedCatalogue.load(permissions);
        this.importApi = new ImportApi(feed, apis, trail, clock);
    }

    /** The Datadog API. */
    public ProtectedApi shipped() {
        return shipped;
    }

    /** The API of that id, if there is one; its permissions are known from then on. */
    public Optional<ProtectedApi> read(Transaction transaction, String id) {
        return id.equals(shipped.id())
                ? Optional.of(shipped)
                : apis.read(transaction, id).map(api -> api.toProtectedApi(permissions));
    }

    /** Every API of every organization, the shipped one first. */
    public void all(Transaction transaction, Consumer<ProtectedApi> action) {
        action.accept(shipped);
        apis.all(transaction, api -> action.accept(api.toProtectedApi(permissions)));
    }

    public List<Route> routes() {
        return List.of(
                Route.of(
                        Method.POST,
                        "/sallyport/v1/apis",
                        "ImportApi",
                        Requirement.anyOf(permissions.require(Permissions.IMPORTING)),
                        new ImportApiHandler(importApi, permissions)),
                Route.of(
                        Method.GET,
                        "/sallyport/v1/apis",
                        "ListApis",
                        Requirement.SIGNED_IN,
                        new ListApisHandler(database, apis, shipped)),
                Route.of(
                        Method.GET,
                        "/sallyport/v1/apis/{api_id}",
                        "ReadApi",
                        Requirement.SIGNED_IN,
                        new ReadApiHandler(database, apis, shipped, permissions)));
    }
}
