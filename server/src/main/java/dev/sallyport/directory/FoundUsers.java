package dev.sallyport.directory;

import dev.sallyport.http.Request;
import dev.sallyport.identity.Caller;
import dev.sallyport.identity.Principal;
import dev.sallyport.identity.PrincipalId;
import dev.sallyport.sql.Database;
import java.util.List;
import java.util.Optional;

/** Finds the user or service account that a path names, in the caller's organization. */
final class FoundUsers {

    /** @param roles of the organization, all of them */
    record Found(PrincipalFact user, List<Role> roles) {}

    private final Database database;
    private final PrincipalStore users;
    private final RoleStore roles;

    FoundUsers(Database database, PrincipalStore users, RoleStore roles) {
        this.database = database;
        this.users = users;
        this.roles = roles;
    }

    /** Empty for an id that is none, of another organization, or of one who was removed. */
    Optional<Found> find(Caller caller, Request request) {
        var organization = caller.organization().id();
        return id(request)
                .flatMap(id -> database.reading(transaction -> users.find(transaction, organization, id)
                        .filter(fact -> fact.principal().state() != Principal.State.REMOVED)
                        .map(fact -> new Found(fact, roles.all(transaction, organization)))));
    }

    static Optional<PrincipalId> id(Request request) {
        return PrincipalId.parse(request.pathParameter("user_id"));
    }
}
