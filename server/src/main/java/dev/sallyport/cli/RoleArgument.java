package dev.sallyport.cli;

import picocli.CommandLine.Parameters;

/** A role as people write it. */
final class RoleArgument {

    @Parameters(index = "0", paramLabel = "ROLE", description = "Id or name of the role.")
    String role = "";

    String id(Client client) {
        return new Roles(client).id(role);
    }
}
