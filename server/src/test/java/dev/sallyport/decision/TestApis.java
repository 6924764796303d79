package dev.sallyport.decision;

import dev.sallyport.catalogue.Operation;
import dev.sallyport.catalogue.OperationTable;
import dev.sallyport.catalogue.ProtectedApi;
import dev.sallyport.identity.Organization;
import dev.sallyport.permission.Accepts;
import dev.sallyport.permission.Authority;
import dev.sallyport.permission.Permissions;
import dev.sallyport.permission.Requirement;
import java.util.List;

/** An API with an operation for every way to ask for something. */
public final class TestApis {

    private TestApis() {}

    public static ProtectedApi billing(Permissions permissions, Organization only) {
        var read = permissions.inNamespace("billing", "read");
        var write = permissions.inNamespace("billing", "write");
        var third = permissions.inNamespace("billing", "third");
        var fourth = permissions.inNamespace("billing", "fourth");
        var fifth = permissions.inNamespace("billing", "fifth");
        var any = Requirement.anyOf(read, write);
        var operations = List.of(
                operation("GET", "/health", Requirement.OPEN, Accepts.NOBODY_NEEDED),
                operation("GET", "/me", Requirement.SIGNED_IN),
                operation("GET", "/undeclared", new Requirement.Undeclared(true)),
                operation("POST", "/undeclared", new Requirement.Undeclared(false)),
                operation("GET", "/keys", any, Accepts.KEYS_ONLY),
                operation("POST", "/intake", Requirement.API_KEY, Accepts.API_KEY_ONLY),
                operation("GET", "/either", any),
                operation("GET", "/both", Requirement.allOf(read, write)),
                operation(
                        "GET",
                        "/both-or-third",
                        new Requirement.Holding(
                                List.of(Authority.of(third, fourth, fifth), Authority.of(read, write)))),
                operation("GET", "/a/{one}/c", any),
                operation("GET", "/a/b/{two}", any),
                operation("GET", "/{three}/b/c", any));
        return new ProtectedApi(
                "billing",
                "Billing",
                List.of("billing.example.com"),
                new ProtectedApi.Admits.Only(only.id()),
                OperationTable.of(operations),
                List.of(fifth, fourth, read, third, write));
    }

    private static Operation operation(String method, String template, Requirement requirement) {
        return operation(method, template, requirement, Accepts.TOKENS_AND_KEYS);
    }

    private static Operation operation(String method, String template, Requirement requirement, Accepts accepts) {
        return new Operation(method + " " + template, method, template, requirement, accepts);
    }
}
