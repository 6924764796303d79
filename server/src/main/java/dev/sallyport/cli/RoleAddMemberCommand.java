package dev.sallyport.cli;

import java.util.Map;
import picocli.CommandLine.Command;

@Command(
        name = "add-member",
        header = "Give a role to a user or a service account.",
        description = "Your own credential must reach whatever the role holds.",
        footer = {"", "Example:", "  sallyport role add-member Readers ada@acme.example"})
final class RoleAddMemberCommand extends RoleMemberCommand {

    RoleAddMemberCommand(Shell shell) {
        super(shell);
    }

    @Override
    void change(Client client, String path, Map<String, Object> member) {
        client.post(path, member);
    }

    @Override
    boolean isMember() {
        return true;
    }

    @Override
    String said(String member, String role) {
        return "Added " + member + " to " + role + ".";
    }
}
