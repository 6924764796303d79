package dev.sallyport.cli;

import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The same with everybody's keys among the choices. */
final class AppKeyAllOwners {

    @ArgGroup(exclusive = true)
    Choice choice = new Choice();

    static final class Choice {
        @Option(
                names = "--service-account",
                paramLabel = "ID",
                description = "The keys of that service account, instead of your own.")
        String serviceAccount = "";

        @Option(names = "--all", description = "The keys of everybody in the organization.")
        boolean isEverybody;
    }

    String path() {
        if (choice.isEverybody) {
            return "/api/v2/application_keys";
        }
        var owner = new AppKeyOwner();
        owner.serviceAccount = choice.serviceAccount;
        return owner.path();
    }
}
