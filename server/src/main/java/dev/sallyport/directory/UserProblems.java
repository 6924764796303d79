package dev.sallyport.directory;

import dev.sallyport.http.Problem;

/** Refusals on the wire. */
final class UserProblems {

    private UserProblems() {}

    static Problem of(UserRefusal refusal) {
        return switch (refusal) {
            case UserRefusal.NotFound() -> notFound();
            case UserRefusal.Denied(var denial) -> DirectoryProblems.of(denial);
            case UserRefusal.ServiceAccountsOnly() ->
                Problem.forbidden(
                        "service_accounts_only",
                        "This credential may change service accounts, and this is a user: that takes user_access_manage.");
            case UserRefusal.EmailIsManaged() ->
                Problem.forbidden("email_is_managed", "Changing an e-mail address takes user_access_manage.");
            case UserRefusal.Invalid(var what) -> Problem.badRequest("invalid_attribute", what);
            case UserRefusal.EmailTaken() ->
                Problem.conflict("email_taken", "Another user of the organization has this e-mail address.");
            case UserRefusal.UnknownRole() ->
                Problem.badRequest("unknown_role", "The organization has no role of one of these ids.");
            case UserRefusal.AlreadyDisabled() -> Problem.badRequest("already_disabled", "User is already disabled");
            case UserRefusal.LastAdministrator() ->
                Problem.forbidden(
                        "last_administrator",
                        "This is the last active administrator of the organization. Make another one first.");
            case UserRefusal.NotInvitable() ->
                Problem.badRequest(
                        "not_invitable",
                        "Only a user who has not accepted yet, or who is active without any live credential, can be invited.");
        };
    }

    static Problem notFound() {
        return Problem.notFound("User not found");
    }
}
