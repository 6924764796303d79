package dev.sallyport.directory;

import dev.sallyport.http.Problem;
import java.util.List;

/** Refusals on the wire that several operations share. */
final class DirectoryProblems {

    private static final int MOST_NAMES = 10;

    private DirectoryProblems() {}

    static Problem of(Denial denial) {
        return switch (denial) {
            case Denial.Beyond(var permissions) ->
                Problem.forbidden(
                        "permissions_not_held", "Your own credential does not reach this: " + listed(permissions));
            case Denial.NoLongerAllowed() ->
                Problem.forbidden("no_longer_allowed", "The credential of this request has ended or was narrowed.");
        };
    }

    static Problem roleNotFound() {
        return Problem.notFound("Role not found");
    }

    static Problem userNotFound() {
        return Problem.notFound("User not found");
    }

    static Problem permissionNotFound() {
        return Problem.notFound("Permission not found");
    }

    static Problem unknownPermission() {
        return Problem.badRequest("unknown_permission", "One of the permissions is not known. Nothing was changed.");
    }

    static Problem roleNameTaken() {
        return Problem.conflict("name_taken", "A role with the same name already exists");
    }

    static Problem managedRole() {
        return Problem.forbidden("managed_role", "Managed roles cannot be changed. Clone the role and edit the copy.");
    }

    static Problem lastAdministrator() {
        return Problem.badRequest(
                "last_administrator", "The last active administrator must stay. Appoint another one first.");
    }

    private static String listed(List<String> names) {
        var text = String.join(", ", names.subList(0, Math.min(MOST_NAMES, names.size())));
        return names.size() > MOST_NAMES ? text + " and " + (names.size() - MOST_NAMES) + " more" : text;
    }
}
