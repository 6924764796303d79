package dev.sallyport.catalogue;

import dev.sallyport.permission.Permissions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** The operations of the Datadog API as of September 2026. */
public final class ShippedCatalogue {

    private static final String RESOURCE = "datadog-operations.json";
    private static final List<String> HOSTS = List.of(
            "api.datadoghq.com",
            "api.us3.datadoghq.com",
            "api.us5.datadoghq.com",
            "api.datadoghq.eu",
            "api.ap1.datadoghq.com",
            "api.ap2.datadoghq.com",
            "api.ddog-gov.com");

    private ShippedCatalogue() {}

    /** The protected API {@code datadog}; it admits every organization. */
    public static ProtectedApi load(Permissions permissions) {
        try (var in = ShippedCatalogue.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is missing from the jar");
            }
            var operations = ShippedRow.readAll(in).stream()
                    .filter(ShippedRow::isLive)
                    .map(row -> row.toOperation(permissions))
                    .toList();
            return new ProtectedApi(
                    ProtectedApi.DATADOG,
                    "Datadog API",
                    HOSTS,
                    new ProtectedApi.Admits.Everyone(),
                    OperationTable.of(operations),
                    List.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
