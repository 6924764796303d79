package dev.sallyport.cli;

import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Changes who has a role. */
abstract class RoleMemberCommand extends ServerCommand {

    @Mixin
    RoleArgument role = new RoleArgument();

    @Parameters(
            index = "1",
            paramLabel = "USER",
            description = "Id or e-mail address of a user, or id of a service account.")
    String user = "";

    RoleMemberCommand(Shell shell) {
        super(shell);
    }

    abstract void change(Client client, String path, Map<String, Object> member);

    /** Whether the user has the role afterwards. */
    abstract boolean isMember();

    /** What is said of a change that was made. */
    abstract String said(String member, String role);

    @Override
    public final Integer call() {
        var client = api();
        var member = new Users(client).id(user);
        var id = role.id(client);
        change(client, Roles.path(id) + "/users", Roles.one("users", member));
        if (isJson()) {
            output.json(Map.of("id", id, "user", member, "member", isMember()));
        } else {
            output.line(said(member, id));
        }
        return ExitCode.DONE.code();
    }
}
