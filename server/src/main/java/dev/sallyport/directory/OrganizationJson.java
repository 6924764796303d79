package dev.sallyport.directory;

import dev.sallyport.identity.Organization;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/** An organization on the wire. */
record OrganizationJson(String type, String id, Attributes attributes) {

    static final String TYPE = "orgs";

    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record Attributes(
            String name, String publicId, String description, boolean disabled, String createdAt, String modifiedAt) {}

    static OrganizationJson of(Organization organization) {
        var created = WireTime.of(organization.createdAt());
        var id = organization.id().toString();
        return new OrganizationJson(TYPE, id, new Attributes(organization.name(), id, "", false, created, created));
    }
}
