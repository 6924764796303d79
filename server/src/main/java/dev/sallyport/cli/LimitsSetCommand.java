package dev.sallyport.cli;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "set",
        header = "Set limits; what is not named stays as it is.",
        description =
                "A value is a number, or 'none' for as many as come. Nothing is set if somebody else has changed the limits"
                        + " since they were read.",
        footer = {
            "",
            "Examples:",
            "  sallyport limits set --organization-per-second 500 --organization-per-day none",
            "  sallyport limits set --credential-per-second 50",
            "  sallyport limits set --of 5f0c6c1e-6f1c-4d0e-9a49-2f1f7d1e8a11 --credential-per-day 10000"
        })
final class LimitsSetCommand extends ServerCommand {

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

    @Option(names = "--organization-per-second", paramLabel = "N", description = "For all calls together.")
    @Nullable
    String organizationPerSecond;

    @Option(names = "--organization-per-day", paramLabel = "N", description = "For all calls together.")
    @Nullable
    String organizationPerDay;

    @Option(names = "--credential-per-second", paramLabel = "N", description = "For each credential.")
    @Nullable
    String credentialPerSecond;

    @Option(names = "--credential-per-day", paramLabel = "N", description = "For each credential.")
    @Nullable
    String credentialPerDay;

    @Option(
            names = "--of",
            paramLabel = "ID",
            description = "One credential that --credential-... is for, instead of each.")
    @Nullable
    String credential;

    LimitsSetCommand(Shell shell) {
        super(shell);
    }

    @Override
    public Integer call() {
        if (organizationPerSecond == null
                && organizationPerDay == null
                && credentialPerSecond == null
                && credentialPerDay == null) {
            throw new Failure(ExitCode.USAGE, "Name a limit. 'sallyport limits show' shows them.");
        }
        var api = api();
        var body = (ObjectNode) api.get(LimitsShowCommand.PATH).deepCopy();
        var limits = body.withObject("/limits");
        set(limits.withObject("/organization"), organizationPerSecond, organizationPerDay);
        var own = credential == null
                ? limits.withObject("/credential")
                : limits.withObject("/credentials").withObjectProperty(credential);
        set(own, credentialPerSecond, credentialPerDay);
        var answer = api.put(LimitsShowCommand.PATH, body);
        if (isJson()) {
            output.json(answer);
        } else {
            LimitsShowCommand.show(output, answer);
            output.remark("The limits are set.");
        }
        return ExitCode.DONE.code();
    }

    private static void set(ObjectNode pace, @Nullable String perSecond, @Nullable String perDay) {
        put(pace, "per_second", perSecond);
        put(pace, "per_day", perDay);
    }

    private static void put(ObjectNode pace, String member, @Nullable String value) {
        if (value == null) {
            return;
        }
        if (value.equals("none")) {
            pace.putNull(member);
        } else if (NUMBER.matcher(value).matches()) {
            pace.put(member, Integer.parseInt(value));
        } else {
            throw new Failure(ExitCode.USAGE, "A limit is a number or 'none', not '" + value + "'.");
        }
    }
}
