package dev.sallyport.directory;

import dev.sallyport.identity.Principal;
import dev.sallyport.permission.Permission;
import dev.sallyport.permission.Permissions;
import java.util.Optional;

/** Which principals a caller may edit, disable, enable or remove: those whom it outranks, of the kinds it has a permission for. */
final class ChangeRight {

    private final Permission manageUsers;
    private final Permission manageServiceAccounts;

    ChangeRight(Permissions permissions) {
        this.manageUsers = permissions.require("user_access_manage");
        this.manageServiceAccounts = permissions.require("service_account_write");
    }

    /** Empty if the caller may. A credential that was narrowed does not outrank its own principal either. */
    Optional<UserRefusal> refusal(Bounds.Reach reach, PrincipalFact target) {
        if (!mayManage(reach, target.principal().kind())) {
            return Optional.of(new UserRefusal.ServiceAccountsOnly());
        }
        return reach.denial(target).map(UserRefusal.Denied::new);
    }

    boolean managesUsers(Bounds.Reach reach) {
        return reach.holds(manageUsers);
    }

    private boolean mayManage(Bounds.Reach reach, Principal.Kind kind) {
        return managesUsers(reach) || (kind == Principal.Kind.SERVICE_ACCOUNT && reach.holds(manageServiceAccounts));
    }
}
