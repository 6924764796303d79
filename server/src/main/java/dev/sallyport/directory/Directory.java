package dev.sallyport.directory;

import dev.sallyport.audit.Actor;
import dev.sallyport.audit.ChangeTrail;
import dev.sallyport.feed.ChangeKind;
import dev.sallyport.feed.Feed;
import dev.sallyport.feed.Outcome;
import dev.sallyport.http.Method;
import dev.sallyport.http.Reply;
import dev.sallyport.http.Route;
import dev.sallyport.identity.Organization;
import dev.sallyport.identity.OrganizationId;
import dev.sallyport.identity.PrincipalId;
import dev.sallyport.permission.Permission;
import dev.sallyport.permission.Permissions;
import dev.sallyport.permission.Requirement;
import dev.sallyport.secret.OneTimeCode;
import dev.sallyport.secret.Pepper;
import dev.sallyport.sql.Database;
import dev.sallyport.sql.Transaction;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Organizations, their users and roles. */
public final class Directory {

    /** An organization came or changed: read it and every user of it again. */
    public static final ChangeKind ORGANIZATION = new ChangeKind("organization");

    /** What roles of an organization hold changed; the subject is the organization's id. */
    public static final ChangeKind ROLES = new ChangeKind("roles");

    /** A principal or its roles changed; the subject is the principal's id. */
    public static final ChangeKind PRINCIPAL = new ChangeKind("principal");

    private static final String USERS_PATH = "/api/v2/users";
    private static final String USER_PATH = USERS_PATH + "/{user_id}";
    private static final String ROLES_PATH = "/api/v2/roles";
    private static final String ROLE_PATH = ROLES_PATH + "/{role_id}";

    private final Database database;
    private final Feed feed;
    private final OrganizationStore organizations = new OrganizationStore();
    private final PrincipalStore users = new PrincipalStore();
    private final RoleStore roles = new RoleStore();
    private final InvitationStore invitations = new InvitationStore();
    private final ChangeTrail trail;
    private final InstantSource clock;
    private final Bounds bounds;
    private final Requirement reading;
    private final Requirement managing;
    private final Requirement managingAccounts;
    private final VisiblePermissions permissions;
    private final FoundOrganization foundOrganization;
    private final AddUser addUser;
    private final ChangeStanding changeStanding;
    private final CreateUser createUser;
    private final EditUser editUser;
    private final RetireUser retireUser;
    private final CreateRole createRole;
    private final EditRole editRole;
    private final DeleteRole deleteRole;
    private final ChangeRolePermission changeRolePermission;
    private final ChangeRoleMember changeRoleMember;
    private final AddServiceAccount addServiceAccount;
    private final HandOverServiceAccount handOverServiceAccount;

    /** @param visible whether an organization sees a permission in the namespace of a protected API */
    public Directory(
            Database database,
            Feed feed,
            ChangeTrail trail,
            Permissions permissions,
            BiPredicate<OrganizationId, Permission> visible,
            InstantSource clock) {
        this.database = database;
        this.feed = feed;
        this.trail = trail;
        this.clock = clock;
        this.reading = Requirement.anyOf(permissions.require("user_access_read"));
        this.managing = Requirement.anyOf(permissions.require("user_access_manage"));
        this.managingAccounts = Requirement.anyOf(permissions.require("service_account_write"));
        this.permissions = new VisiblePermissions(permissions, visible);
        this.foundOrganization = new FoundOrganization(organizations, users, roles, trail, clock);
        this.addUser = new AddUser(feed, users, roles, trail, clock);
        this.changeStanding = new ChangeStanding(feed, users, roles, trail, clock);
        this.bounds = new Bounds(users, roles, this.permissions);
        var right = new ChangeRight(permissions);
        this.createUser = new CreateUser(feed, users, roles, bounds, trail, clock);
        this.editUser = new EditUser(feed, users, invitations, bounds, right, changeStanding, trail, clock);
        this.retireUser = new RetireUser(feed, users, bounds, right, changeStanding, clock);
        this.createRole = new CreateRole(feed, bounds, roles, this.permissions, trail, clock);
        this.editRole = new EditRole(feed, bounds, roles, this.permissions, trail, clock);
        this.deleteRole = new DeleteRole(feed, bounds, roles, trail, clock);
        this.changeRolePermission = new ChangeRolePermission(feed, bounds, roles, this.permissions, trail, clock);
        this.changeRoleMember = new ChangeRoleMember(feed, bounds, users, roles, trail, clock);
        this.addServiceAccount = new AddServiceAccount(feed, bounds, users, roles, trail, clock);
        this.handOverServiceAccount = new HandOverServiceAccount(feed, bounds, users, trail, clock);
    }

    public List<Route> routes() {
        return Stream.of(
                        ownRoutes(),
                        userRoutes(),
                        userActRoutes(),
                        roleRoutes(),
                        contentRoutes(),
                        serviceAccountRoutes())
                .flatMap(List::stream)
                .toList();
    }

    private List<Route> ownRoutes() {
        return List.of(
                Route.of(
                        Method.GET,
                        "/api/v2/validate_keys",
                        "ValidateAPIKey",
                        Requirement.SIGNED_IN,
                        (_, _) -> Reply.ok(Map.of("status", "ok"))),
                Route.of(
                        Method.GET,
                        "/api/v2/current_user",
                        "GetCurrentUser",
                        Requirement.SIGNED_IN,
                        new GetCurrentUserHandler(database, users, roles, new UserDocument(permissions))),
                Route.of(
                        Method.PATCH,
                        "/api/v2/current_user",
                        "UpdateCurrentUser",
                        anyOf("user_self_profile_write"),
                        new EditUserHandler(editUser, new UserDocument(permissions)).self()),
                Route.of(
                        Method.GET,
                        "/api/v2/permissions",
                        "ListPermissions",
                        reading,
                        new ListPermissionsHandler(permissions)));
    }

    private List<Route> userRoutes() {
        var document = new UserDocument(permissions);
        var found = new FoundUsers(database, users, roles);
        var readOthers = permissions.permissions().require("user_access_read");
        return List.of(
                Route.of(
                        Method.GET,
                        USERS_PATH,
                        "ListUsers",
                        reading,
                        new ListUsersHandler(database, new UserListStore(), roles)),
                Route.of(Method.GET, USER_PATH, "GetUser", reading, new GetUserHandler(found, document)),
                Route.of(
                        Method.GET,
                        USER_PATH + "/orgs",
                        "ListUserOrganizations",
                        Requirement.SIGNED_IN,
                        new ListUserOrganizationsHandler(found, readOthers)),
                Route.of(
                        Method.GET,
                        USER_PATH + "/permissions",
                        "ListUserPermissions",
                        reading,
                        new ListUserPermissionsHandler(found, permissions)));
    }

    /** Service accounts are users here; whoever may change only those is told in the use case. */
    private List<Route> userActRoutes() {
        var document = new UserDocument(permissions);
        var changing = anyOf("user_access_manage", "service_account_write");
        return List.of(
                Route.of(
                        Method.POST,
                        USERS_PATH,
                        "CreateUser",
                        anyOf("user_access_invite"),
                        new CreateUserHandler(createUser, document)),
                Route.of(
                        Method.PATCH,
                        USER_PATH,
                        "UpdateUser",
                        changing,
                        new EditUserHandler(editUser, document).others()),
                Route.of(
                        Method.DELETE,
                        USER_PATH,
                        "DisableUser",
                        changing,
                        new EndHandler(retireUser::disable, Reply.noContent())),
                Route.of(
                        Method.DELETE,
                        "/sallyport/v1/users/{user_id}",
                        "RemoveUser",
                        managing,
                        new EndHandler(retireUser::remove, Reply.noContent())));
    }

    private Requirement anyOf(String... names) {
        return Requirement.anyOf(
                Stream.of(names).map(permissions.permissions()::require).toArray(Permission[]::new));
    }

    private List<Route> roleRoutes() {
        var answers = new RoleAnswers(permissions);
        return List.of(
                Route.of(
                        Method.GET,
                        ROLES_PATH,
                        "ListRoles",
                        reading,
                        new ListRolesHandler(database, roles, permissions)),
                Route.of(Method.POST, ROLES_PATH, "CreateRole", managing, new CreateRoleHandler(createRole, answers)),
                Route.of(Method.GET, ROLE_PATH, "GetRole", reading, new GetRoleHandler(database, roles, answers)),
                Route.of(Method.PATCH, ROLE_PATH, "UpdateRole", managing, new EditRoleHandler(editRole, answers)),
                Route.of(Method.DELETE, ROLE_PATH, "DeleteRole", managing, new DeleteRoleHandler(deleteRole)),
                Route.of(
                        Method.POST,
                        ROLE_PATH + "/clone",
                        "CloneRole",
                        managing,
                        new CloneRoleHandler(createRole, answers)));
    }

    /** What roles hold and who has them. */
    private List<Route> contentRoutes() {
        var answers = new RoleAnswers(permissions);
        var members = new RoleMembers(database, roles, users);
        return List.of(
                Route.of(
                        Method.GET,
                        ROLE_PATH + "/permissions",
                        "ListRolePermissions",
                        reading,
                        new ListRolePermissionsHandler(database, roles, answers)),
                Route.of(
                        Method.POST,
                        ROLE_PATH + "/permissions",
                        "AddPermissionToRole",
                        managing,
                        new ChangeRolePermissionHandler(
                                changeRolePermission, ChangeRolePermission.Direction.ADD, answers)),
                Route.of(
                        Method.DELETE,
                        ROLE_PATH + "/permissions",
                        "RemovePermissionFromRole",
                        managing,
                        new ChangeRolePermissionHandler(
                                changeRolePermission, ChangeRolePermission.Direction.REMOVE, answers)),
                Route.of(Method.GET, ROLE_PATH + "/users", "ListRoleUsers", reading, new ListRoleUsersHandler(members)),
                Route.of(
                        Method.POST,
                        ROLE_PATH + "/users",
                        "AddUserToRole",
                        managing,
                        new ChangeRoleMemberHandler(changeRoleMember, ChangeRoleMember.Direction.ADD, members)),
                Route.of(
                        Method.DELETE,
                        ROLE_PATH + "/users",
                        "RemoveUserFromRole",
                        managing,
                        new ChangeRoleMemberHandler(changeRoleMember, ChangeRoleMember.Direction.REMOVE, members)));
    }

    private List<Route> serviceAccountRoutes() {
        return List.of(
                Route.of(
                        Method.POST,
                        "/api/v2/service_accounts",
                        "CreateServiceAccount",
                        managingAccounts,
                        new AddServiceAccountHandler(addServiceAccount)),
                Route.of(
                        Method.GET,
                        "/sallyport/v1/service_accounts",
                        "ListServiceAccounts",
                        reading,
                        new ListServiceAccountsHandler(database, users, roles)),
                Route.of(
                        Method.PATCH,
                        "/sallyport/v1/service_accounts/{service_account_id}",
                        "HandOverServiceAccount",
                        managingAccounts,
                        new HandOverServiceAccountHandler(handOverServiceAccount)));
    }

    /** Every organization, row by row. */
    public void organizations(Transaction transaction, Consumer<Organization> action) {
        organizations.all(transaction, action);
    }

    public Optional<Organization> organization(Transaction transaction, OrganizationId id) {
        return organizations.find(transaction, id);
    }

    /** Every role of every organization, row by row. */
    public void roles(Transaction transaction, Consumer<RoleFact> action) {
        roles.facts(transaction, action);
    }

    /** The roles of one organization. */
    public List<RoleFact> roles(Transaction transaction, OrganizationId organization) {
        return roles.facts(transaction, organization);
    }

    /** What the roles of an organization are called. */
    public Map<RoleId, String> roleNames(Transaction transaction, OrganizationId organization) {
        return roles.names(transaction, organization);
    }

    /** Every user of every organization, disabled and removed ones too, row by row. */
    public void users(Transaction transaction, Consumer<PrincipalFact> action) {
        users.all(transaction, action);
    }

    /** The same of one organization. */
    public void users(Transaction transaction, OrganizationId organization, Consumer<PrincipalFact> action) {
        users.of(transaction, organization, action);
    }

    /** A user in whatever state; empty if this organization has never had it. */
    public Optional<PrincipalFact> user(Transaction transaction, OrganizationId organization, PrincipalId id) {
        return users.find(transaction, organization, id);
    }

    public FoundOrganization.Result found(FoundOrganization.Request request) {
        return feed.change(transaction -> switch (found(transaction, request)) {
            case FoundOrganization.Result.Founded founded -> Outcome.changed(founded.change(), founded);
            case FoundOrganization.Result refused -> Outcome.unchanged(refused);
        });
    }

    /**
     * The same within a larger change, whose outcome the caller gives to the feed with {@link
     * FoundOrganization.Result.Founded#change}. Nothing was written unless it founded.
     */
    public FoundOrganization.Result found(Transaction transaction, FoundOrganization.Request request) {
        return foundOrganization.found(transaction, request);
    }

    public AddUser.Result addUser(Actor actor, AddUser.Request request) {
        return addUser.add(actor, request);
    }

    /** Whoever acts is not asked what it may do. */
    public ChangeStanding.Result change(Actor actor, PrincipalId user, ChangeStanding.To to) {
        return changeStanding.change(actor, user, to);
    }

    /** @param brand what the codes of invitations begin with: {@code dd} */
    public Invitations invitations(Pepper pepper, String brand, SecureRandom random) {
        var code = new OneTimeCode(pepper, brand + "invite", random);
        return new Invitations(
                database,
                invitations,
                new InviteUsers(database, users, invitations, bounds, trail, code, clock),
                new WithdrawInvitation(database, users, invitations, bounds, trail, clock),
                new AcceptInvitation(feed, organizations, users, roles, invitations, permissions, trail, code, clock),
                anyOf("user_access_invite"));
    }
}
