package dev.sallyport.directory;

import dev.sallyport.http.Reply;
import dev.sallyport.identity.OrganizationId;

/** What operations on one role answer. */
final class RoleAnswers {

    private final VisiblePermissions visible;

    RoleAnswers(VisiblePermissions visible) {
        this.visible = visible;
    }

    Reply role(OrganizationId organization, Role role) {
        return Reply.ok(new Document.One(RoleJson.of(role, visible.of(organization, role))));
    }

    Reply permissions(OrganizationId organization, Role role) {
        return Reply.ok(new Document.Many(
                visible.of(organization, role).stream().map(PermissionJson::of).toList()));
    }
}
