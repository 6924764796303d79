package dev.sallyport.catalogue;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.sallyport.permission.Permission;
import dev.sallyport.permission.Permissions;
import dev.sallyport.permission.Requirement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An API on the wire: what the answers of this package have in common. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ApiJson(
        String id,
        String title,
        String host,
        boolean shipped,
        @JsonProperty("operation_count") int operationCount,
        @Nullable List<String> permissions,
        @JsonProperty("undeclared_operations") @Nullable List<OperationJson> undeclaredOperations,
        @Nullable List<OperationJson> operations) {

    /**
     * An operation.
     *
     * @param asks {@code open}, {@code signed_in}, {@code api_key}, {@code nothing} or {@code permissions}
     * @param anyOf with {@code permissions} only: alternatives, of each of which all are needed
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record OperationJson(
            String id,
            String method,
            String path,
            String asks,
            @JsonProperty("any_of") @Nullable List<List<String>> anyOf) {

        static OperationJson of(Operation operation, Permissions permissions) {
            return switch (operation.requirement()) {
                case Requirement.Open _ -> of(operation, "open", null);
                case Requirement.SignedIn _ -> of(operation, "signed_in", null);
                case Requirement.ApiKey _ -> of(operation, "api_key", null);
                case Requirement.Undeclared _ -> of(operation, "nothing", null);
                case Requirement.Holding(var alternatives) ->
                    of(
                            operation,
                            "permissions",
                            alternatives.stream().map(permissions::namesOf).toList());
            };
        }

        private static OperationJson of(Operation operation, String asks, @Nullable List<List<String>> anyOf) {
            return new OperationJson(operation.id(), operation.method(), operation.template(), asks, anyOf);
        }
    }

    static ApiJson summary(ApiStore.Summary api) {
        return new ApiJson(api.id(), api.title(), api.host().text(), false, api.operations(), null, null, null);
    }

    static ApiJson summary(ProtectedApi shipped) {
        return new ApiJson(
                shipped.id(),
                shipped.title(),
                shipped.hosts().getFirst(),
                true,
                shipped.operations().operations().size(),
                null,
                null,
                null);
    }

    /** What one wants to know after an import: which permissions there are now, and what is still to be mapped. */
    static ApiJson afterImport(ProtectedApi api, Permissions permissions) {
        var undeclared = api.operations().operations().stream()
                .filter(operation -> operation.requirement() instanceof Requirement.Undeclared)
                .map(operation -> OperationJson.of(operation, permissions))
                .toList();
        return whole(api, undeclared, null);
    }

    static ApiJson withOperations(ProtectedApi api, Permissions permissions) {
        var operations = api.operations().operations().stream()
                .map(operation -> OperationJson.of(operation, permissions))
                .toList();
        return whole(api, null, operations);
    }

    private static ApiJson whole(
            ProtectedApi api, @Nullable List<OperationJson> undeclared, @Nullable List<OperationJson> operations) {
        return new ApiJson(
                api.id(),
                api.title(),
                api.hosts().getFirst(),
                api.id().equals(ProtectedApi.DATADOG),
                api.operations().operations().size(),
                api.permissions().stream().map(Permission::name).toList(),
                undeclared,
                operations);
    }
}
