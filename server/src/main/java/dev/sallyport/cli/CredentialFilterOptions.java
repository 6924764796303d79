package dev.sallyport.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * Which credentials a command is about: those that meet every option.
 *
 * <p>A value that is blank is refused. A script whose variable is unset would otherwise revoke more than it names.
 */
final class CredentialFilterOptions {

    @Option(
            names = "--kind",
            paramLabel = "LIST",
            split = ",",
            description = "Of these kinds: personal_access_token, service_access_token, application_key, api_key.")
    @Nullable
    List<String> kinds;

    @Option(names = "--owner", paramLabel = "WHO", description = "That act as this user; an id or an e-mail address.")
    @Nullable
    String owner;

    @Option(
            names = "--creator",
            paramLabel = "WHO",
            description = "That this user created; an id or an e-mail address.")
    @Nullable
    String creator;

    @Option(names = "--minted-by", paramLabel = "ID", description = "That the credential with this id created.")
    @Nullable
    String mintedBy;

    @Option(
            names = "--scope",
            paramLabel = "SCOPE",
            description = "That carry this permission; whatever is not narrowed carries every one.")
    @Nullable
    String scope;

    @Option(names = "--name", paramLabel = "TEXT", description = "Whose name contains this, in any case.")
    @Nullable
    String name;

    @Option(
            names = "--created-after",
            paramLabel = "TIME",
            description = "Created no earlier, like 2026-12-31T00:00:00Z.")
    @Nullable
    String createdAfter;

    @Option(names = "--created-before", paramLabel = "TIME", description = "Created earlier.")
    @Nullable
    String createdBefore;

    @Option(
            names = "--last-used-before",
            paramLabel = "TIME",
            description = "Not used since; one that was never used counts from its creation.")
    @Nullable
    String lastUsedBefore;

    @Option(names = "--never-used", description = "Never used at all.")
    boolean isNeverUsed;

    @Option(names = "--expires-before", paramLabel = "TIME", description = "Ending earlier.")
    @Nullable
    String expiresBefore;

    @Option(names = "--never-expires", description = "Without an end.")
    boolean isNeverExpiring;

    /** As a body has them. */
    Map<String, Object> members() {
        var members = new LinkedHashMap<String, Object>();
        if (kinds != null) {
            members.put(
                    "kind", kinds.stream().map(kind -> given("--kind", kind)).toList());
        }
        put(members, "owner", "--owner", owner);
        put(members, "creator", "--creator", creator);
        put(members, "minted_by", "--minted-by", mintedBy);
        put(members, "scope", "--scope", scope);
        put(members, "name", "--name", name);
        put(members, "created_after", "--created-after", createdAfter);
        put(members, "created_before", "--created-before", createdBefore);
        put(members, "last_used_before", "--last-used-before", lastUsedBefore);
        if (isNeverUsed) {
            members.put("never_used", true);
        }
        put(members, "expires_before", "--expires-before", expiresBefore);
        if (isNeverExpiring) {
            members.put("expires", "never");
        }
        return members;
    }

    /** The same, with the ids of those who are named by address. */
    Map<String, Object> members(Client client) {
        var members = members();
        var users = new Users(client);
        members.computeIfPresent("owner", (_, who) -> users.id((String) who));
        members.computeIfPresent("creator", (_, who) -> users.id((String) who));
        return members;
    }

    /** As a query has them, each with an ampersand in front. */
    static String query(Map<String, Object> members) {
        return members.entrySet().stream()
                .flatMap(member ->
                        texts(member.getValue()).map(value -> "&" + member.getKey() + "=" + Client.encoded(value)))
                .collect(Collectors.joining());
    }

    private static Stream<String> texts(Object value) {
        return value instanceof List<?> values
                ? values.stream().map(String::valueOf)
                : Stream.of(String.valueOf(value));
    }

    private static void put(Map<String, Object> members, String member, String option, @Nullable String value) {
        if (value != null) {
            members.put(member, given(option, value));
        }
    }

    private static String given(String option, String value) {
        if (value.isBlank()) {
            throw new Failure(
                    ExitCode.USAGE, "The value of " + option + " is empty. Give one, or leave the option out.");
        }
        return value.strip();
    }
}
