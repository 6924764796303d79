package dev.sallyport.directory;

import dev.sallyport.http.Handler;
import dev.sallyport.http.Reply;
import dev.sallyport.http.Request;
import dev.sallyport.http.Response;
import dev.sallyport.identity.Caller;
import dev.sallyport.sql.Database;
import java.util.List;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/** {@code GET /sallyport/v1/service_accounts} */
final class ListServiceAccountsHandler implements Handler {

    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record Listing(List<ServiceAccountJson> serviceAccounts) {}

    private final Database database;
    private final PrincipalStore principals;
    private final RoleStore roles;

    ListServiceAccountsHandler(Database database, PrincipalStore principals, RoleStore roles) {
        this.database = database;
        this.principals = principals;
        this.roles = roles;
    }

    @Override
    public Response handle(Caller caller, Request request) {
        var query = AccountQuery.parse(request.query());
        var organization = caller.organization().id();
        return database.reading(transaction -> {
            var all = roles.all(transaction, organization);
            return Reply.ok(new Listing(principals.serviceAccounts(transaction, organization, query).stream()
                    .map(account -> ServiceAccountJson.of(account, all))
                    .toList()));
        });
    }
}
