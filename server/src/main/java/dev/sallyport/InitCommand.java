package dev.sallyport;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sallyport.audit.Actor;
import dev.sallyport.directory.FoundOrganization;
import dev.sallyport.directory.FoundOrganization.Result;
import dev.sallyport.feed.Change;
import dev.sallyport.feed.Follower;
import dev.sallyport.feed.Outcome;
import dev.sallyport.identity.Organization;
import dev.sallyport.identity.Principal;
import dev.sallyport.key.FirstKeys;
import dev.sallyport.key.IssuedKey;
import dev.sallyport.permission.Permission;
import dev.sallyport.sql.Transaction;
import dev.sallyport.token.IssuedToken;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

@Command(
        name = "init",
        description = {
            "Prepare an empty store: an organization, its administrator, and a personal access token with every scope that"
                    + " one may have, for 90 days. Refuses a store that is not empty."
        },
        footer = {
            "%nExamples:",
            "  sallyport init --data ./data --organization Acme --admin-email ada@acme.example",
            "  sallyport init --data ./data --organization Acme --admin-email ada@acme.example --json > first.json",
            "  sallyport init --data ./data --organization Acme --admin-email ada@acme.example --with-legacy-keys"
        })
final class InitCommand implements Callable<Integer> {

    @Mixin
    private final ServerOptions options = new ServerOptions();

    @Option(names = "--organization", required = true, paramLabel = "NAME", description = "Name of the organization.")
    private String organization = "";

    @Option(names = "--admin-email", required = true, paramLabel = "MAIL", description = "E-mail of the administrator.")
    private String adminEmail = "";

    @Option(
            names = "--with-legacy-keys",
            description =
                    "Allow application keys in the organization, and print an API key and an application key of the"
                            + " administrator that does all that the administrator may do.")
    private boolean isWithLegacyKeys;

    @Option(names = "--json", description = "Print one JSON object and nothing else.")
    private boolean isJson;

    /** Nothing is in memory that would have to follow. */
    private static final Follower NOBODY = new Follower() {
        @Override
        public void load(Transaction transaction) {}

        @Override
        public void apply(Transaction transaction, Change change) {}
    };

    /** What was prepared, or a sentence that says why nothing was. */
    private sealed interface Prepared {
        record Done(Organization organization, Principal admin, IssuedToken token, Optional<FirstKeys> keys)
                implements Prepared {}

        record Refused(String why) implements Prepared {}
    }

    @Override
    public Integer call() throws Exception {
        try (var installation = Installation.open(options.read())) {
            installation.feed.start(NOBODY);
            return switch (installation.feed.change(transaction -> prepare(transaction, installation))) {
                case Prepared.Refused(var why) -> throw new StartFailure(why);
                case Prepared.Done done -> {
                    print(done);
                    yield 0;
                }
            };
        }
    }

    private Outcome<Prepared> prepare(Transaction transaction, Installation installation) {
        var request = new FoundOrganization.Request(organization, adminEmail, FoundOrganization.Store.EMPTY);
        return switch (installation.directory.found(transaction, request)) {
            case Result.StoreNotEmpty _ ->
                refused("This store already has an organization. Choose an empty folder with --data.");
            case Result.NameRefused(var problem) -> refused("--organization: " + problem);
            case Result.EmailRefused(var problem) -> refused("--admin-email: " + problem);
            case Result.Founded founded -> {
                var actor = Actor.operator(founded.organization().id());
                var token = installation.tokens.issueFirst(
                        transaction,
                        founded.organization(),
                        founded.admin(),
                        installation.permissions.matching(Permission::isTokenScope),
                        actor);
                var keys = isWithLegacyKeys
                        ? Optional.of(installation.legacyKeys.issueFirst(
                                transaction, founded.organization(), founded.admin(), actor))
                        : Optional.<FirstKeys>empty();
                yield Outcome.changed(
                        founded.change(), new Prepared.Done(founded.organization(), founded.admin(), token, keys));
            }
        };
    }

    private static Outcome<Prepared> refused(String why) {
        return Outcome.unchanged(new Prepared.Refused(why));
    }

    private record Named(String id, String name) {}

    private record Admin(String id, String email) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record InitJson(
            Named organization,
            Admin admin,
            String personal_access_token,
            @Nullable String api_key,
            @Nullable String application_key) {
        @Override
        public String toString() {
            return "InitJson(" + organization + ")";
        }
    }

    private void print(Prepared.Done done) {
        var token = done.token().secret().reveal();
        if (isJson) {
            System.out.println(JsonMapper.shared()
                    .writeValueAsString(new InitJson(
                            new Named(
                                    done.organization().id().toString(),
                                    done.organization().name()),
                            new Admin(done.admin().id().toString(), done.admin().email()),
                            token,
                            done.keys().map(keys -> text(keys.apiKey())).orElse(null),
                            done.keys().map(keys -> text(keys.applicationKey())).orElse(null))));
            return;
        }
        System.out.println("""
                Organization   %s (%s)
                Administrator  %s (%s)
                First token    %s
                               (every scope, 90 days, shown this once)
                """.formatted(
                        done.organization().name(),
                        done.organization().id(),
                        done.admin().email(),
                        done.admin().id(),
                        token));
        done.keys()
                .ifPresent(keys -> System.out.println("""
                API key          %s
                Application key  %s
                                 (legacy: all that the administrator may do, no end, shown this once)
                """.formatted(text(keys.apiKey()), text(keys.applicationKey()))));
    }

    private static String text(IssuedKey key) {
        return key.secret().reveal();
    }
}
