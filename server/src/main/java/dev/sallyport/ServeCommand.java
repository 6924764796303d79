package dev.sallyport;

import dev.sallyport.audit.Actor;
import dev.sallyport.directory.FoundOrganization;
import dev.sallyport.token.SetupLink;
import dev.sallyport.token.UnclaimedOrganization;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.json.JsonMapper;

@Command(
        name = "serve",
        description = {
            "Start the server. On an empty store it creates an organization with its administrator and prints a one-time"
                    + " setup link. SIGTERM lets what is under way finish and exits with 0."
        },
        footer = {
            "%nExamples:",
            "  sallyport serve",
            "  sallyport serve --data /var/lib/sallyport --port 8080 --public-url https://sallyport.example",
            "  sallyport serve --database postgresql://sallyport@db.example/sallyport --config sallyport.yaml"
        })
final class ServeCommand implements Callable<Integer> {

    private static final String NEW =
            "Sallyport is new here. Its first organization has an administrator who needs a first token.";
    private static final String FIRST_ORGANIZATION = "My Organization";
    private static final String FIRST_ADMINISTRATOR = "admin@localhost";

    @Mixin
    private final ServerOptions options = new ServerOptions();

    private final PrintStream out = System.out;

    @Override
    public Integer call() throws Exception {
        var config = options.read();
        var installation = Installation.open(config);
        var server = start(config, installation);
        var isDone = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("drain").unstarted(() -> {
            server.close();
            isDone.countDown();
            // Being asked to stop and stopping is success; the exit code of a signal says otherwise.
            Runtime.getRuntime().halt(0);
        }));
        welcome(installation, server);
        leaveAddresses(installation, server);
        out.println("sallyport ready " + server.url() + " doors " + server.doorsUrl()
                + server.grpcAddress().map(" grpc "::concat).orElse(""));
        out.flush();
        isDone.await();
        return 0;
    }

    private static Server start(Config config, Installation installation) throws StartFailure {
        try {
            return Server.start(config, installation);
        } catch (StartFailure | RuntimeException e) {
            installation.close();
            throw e;
        }
    }

    /** What a newcomer needs, and whoever comes back after the last administrator's token has ended. */
    private void welcome(Installation installation, Server server) {
        var founded = installation.directory.found(
                new FoundOrganization.Request(FIRST_ORGANIZATION, FIRST_ADMINISTRATOR, FoundOrganization.Store.EMPTY));
        var isNew = founded instanceof FoundOrganization.Result.Founded;
        installation
                .database()
                .reading(installation.tokens::unclaimed)
                .ifPresent(unclaimed -> setupLink(installation, unclaimed)
                        .ifPresent(link -> printLink(isNew ? NEW : noAdministrator(unclaimed), server, link)));
    }

    private static String noAdministrator(UnclaimedOrganization unclaimed) {
        return "No administrator of " + unclaimed.organization().name() + " holds a live token. This link gives "
                + unclaimed.administrator().email() + " one.";
    }

    private void printLink(String why, Server server, SetupLink link) {
        var setup = server.publicUrl() + "/setup";
        var code = link.code().reveal();
        out.println("""
                %s

                  URL         %s
                  setup link  %s?code=%s
                              (one use, one hour)

                Open the link in a browser, or redeem it from a terminal:

                  curl -sS %s -d code=%s
                """.formatted(why, server.publicUrl(), setup, code, setup, code));
    }

    private static Optional<SetupLink> setupLink(Installation installation, UnclaimedOrganization unclaimed) {
        var organization = unclaimed.organization().id();
        return installation.tokens.createSetupLink(
                Actor.operator(organization),
                organization,
                unclaimed.administrator().id());
    }

    /** Lets commands on this machine find the server, whatever ports it took. */
    private static void leaveAddresses(Installation installation, Server server) throws IOException {
        var file = installation.folder().path().resolve("server.json");
        var addresses = new LinkedHashMap<String, String>();
        addresses.put("url", server.url());
        addresses.put("doors", server.doorsUrl());
        server.grpcAddress().ifPresent(address -> addresses.put("grpc", address));
        var next = file.resolveSibling("server.json.next");
        Files.write(next, JsonMapper.shared().writeValueAsBytes(addresses));
        Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
