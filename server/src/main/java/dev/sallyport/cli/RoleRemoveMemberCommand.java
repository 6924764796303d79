package dev.sallyport.cli;

import java.util.Map;
import picocli.CommandLine.Command;

@Command(
        name = "remove-member",
        header = "Take a role away from a user or a service account.",
        description = "What only that role gave is gone at once, for every credential of that user too.",
        footer = {"", "Example:", "  sallyport role remove-member Readers ada@acme.example"})
final class RoleRemoveMemberCommand extends RoleMemberCommand {

    RoleRemoveMemberCommand(Shell shell) {
        super(shell);
    }

    @Override
    void change(Client client, String path, Map<String, Object> member) {
        client.delete(path, member);
    }

    @Override
    boolean isMember() {
        return false;
    }

    @Override
    String said(String member, String role) {
        return "Removed " + member + " from " + role + ".";
    }
}
