package dev.sallyport.cli;

import picocli.CommandLine.Option;

/** Whose application keys a command is about: one's own, unless an option says otherwise. */
final class AppKeyOwner {

    @Option(
            names = "--service-account",
            paramLabel = "ID",
            description = "The keys of that service account, instead of your own.")
    String serviceAccount = "";

    String path() {
        return serviceAccount.isEmpty()
                ? "/api/v2/current_user/application_keys"
                : "/api/v2/service_accounts/" + Client.encoded(serviceAccount) + "/application_keys";
    }
}
