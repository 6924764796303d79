package dev.sallyport.catalogue;

import dev.sallyport.identity.OrganizationId;
import dev.sallyport.permission.Permission;
import dev.sallyport.permission.Permissions;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/** A protected API as an organization imported it. */
record ImportedApi(
        String id,
        OrganizationId organization,
        String title,
        ApiHost host,
        List<DeclaredOperation> operations,
        Instant createdAt,
        Instant modifiedAt) {

    ImportedApi {
        operations = List.copyOf(operations);
    }

    /** @param permissions learns the names that the operations ask for, in the namespace of the API */
    ProtectedApi toProtectedApi(Permissions permissions) {
        Function<String, Permission> named = name -> permissions.inNamespace(id, name);
        return new ProtectedApi(
                id,
                title,
                List.of(host.text()),
                new ProtectedApi.Admits.Only(organization),
                OperationTable.of(operations.stream()
                        .map(operation -> operation.toOperation(named))
                        .toList()),
                OpenApiDocument.permissionNames(operations).stream().map(named).toList());
    }
}
