package dev.sallyport.directory;

/** Why nothing was done to a user. */
sealed interface UserRefusal {

    /** Of another organization, removed, or never there. */
    record NotFound() implements UserRefusal {}

    record Denied(Denial denial) implements UserRefusal {}

    /** The caller's permission is for service accounts, and this is a user. */
    record ServiceAccountsOnly() implements UserRefusal {}

    /** Of oneself, without the permission to manage users. */
    record EmailIsManaged() implements UserRefusal {}

    /** @param what a sentence that does not repeat the value */
    record Invalid(String what) implements UserRefusal {}

    record EmailTaken() implements UserRefusal {}

    record UnknownRole() implements UserRefusal {}

    record AlreadyDisabled() implements UserRefusal {}

    /** Somebody must be able to let others in. */
    record LastAdministrator() implements UserRefusal {}

    /** Disabled, a service account, or somebody who has a way in. */
    record NotInvitable() implements UserRefusal {}
}
