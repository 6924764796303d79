package dev.sallyport.credential;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.sallyport.http.Handler;
import dev.sallyport.http.Problem;
import dev.sallyport.http.Reply;
import dev.sallyport.http.Request;
import dev.sallyport.http.Response;
import dev.sallyport.identity.Caller;
import dev.sallyport.identity.CredentialId;
import dev.sallyport.sql.Database;
import dev.sallyport.sql.Transaction;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** {@code GET /sallyport/v1/credentials/{credential_id}} */
final class ReadCredentialHandler implements Handler {

    private static final int MOST_COUNTED = 10_000;

    /**
     * @param ancestors what minted it, what minted that, and so on
     * @param descendants how many live ones it has minted, directly or not; no further than 10 000 are counted
     */
    record Detail(@JsonUnwrapped CredentialJson credential, List<AncestorJson> ancestors, int descendants) {}

    record AncestorJson(String id, String kind, String name, boolean live) {}

    private final Database database;
    private final InventoryStore credentials;
    private final KindReach reach;
    private final String brand;
    private final InstantSource clock;

    ReadCredentialHandler(
            Database database, InventoryStore credentials, KindReach reach, String brand, InstantSource clock) {
        this.database = database;
        this.credentials = credentials;
        this.reach = reach;
        this.brand = brand;
        this.clock = clock;
    }

    @Override
    public Response handle(Caller caller, Request request) {
        return CredentialId.parse(request.pathParameter("credential_id"))
                .flatMap(id -> database.reading(transaction -> detail(transaction, caller, id)))
                .<Response>map(Reply::ok)
                .orElseGet(() -> Problem.notFound("Credential not found"));
    }

    private Optional<Detail> detail(Transaction transaction, Caller caller, CredentialId id) {
        var organization = caller.organization().id();
        var seen = reach.seenBy(caller);
        var now = clock.instant();
        return credentials.named(transaction, organization, List.of(id), now).stream()
                .filter(found -> seen.contains(found.kind()))
                .findFirst()
                .map(found -> new Detail(
                        CredentialJson.of(found, credentials.owners(transaction, organization, List.of(found)), brand),
                        credentials.ancestors(transaction, organization, id, now).stream()
                                .map(ancestor -> new AncestorJson(
                                        ancestor.id().toString(),
                                        ancestor.kind().code(),
                                        ancestor.name(),
                                        ancestor.isLive()))
                                .toList(),
                        credentials
                                .descendants(transaction, organization, List.of(id), seen, null, MOST_COUNTED, now)
                                .size()));
    }
}
