package dev.sallyport.cli;

import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.OptionSpec;

/** The commands that talk to a running server. */
public final class Commands {

    private Commands() {}

    /**
     * Adds them to a root command and takes over how the whole command line reports failures.
     *
     * <p>Every help text ends with the list of exit codes. A handler of exceptions that the root has already goes on to serve
     * the commands that are not from here.
     */
    public static CommandLine addTo(CommandLine root) {
        return addTo(root, Shell.ofThisProcess());
    }

    static CommandLine addTo(CommandLine root, Shell shell) {
        root.addSubcommand("whoami", new CommandLine(new WhoamiCommand(shell)));
        var tokens = new CommandLine(new PatCommand())
                .addSubcommand("create", new PatCreateCommand(shell))
                .addSubcommand("list", new PatListCommand(shell))
                .addSubcommand("revoke", new PatRevokeCommand(shell));
        root.addSubcommand("pat", tokens);
        var serviceTokens = new CommandLine(new SatCommand())
                .addSubcommand("create", new SatCreateCommand(shell))
                .addSubcommand("list", new SatListCommand(shell))
                .addSubcommand("revoke", new SatRevokeCommand(shell));
        root.addSubcommand("sat", serviceTokens);
        var applicationKeys = new CommandLine(new AppKeyCommand())
                .addSubcommand("create", new AppKeyCreateCommand(shell))
                .addSubcommand("list", new AppKeyListCommand(shell))
                .addSubcommand("revoke", new AppKeyRevokeCommand(shell));
        root.addSubcommand("app-key", applicationKeys);
        var apiKeys = new CommandLine(new ApiKeyCommand())
                .addSubcommand("create", new ApiKeyCreateCommand(shell))
                .addSubcommand("list", new ApiKeyListCommand(shell))
                .addSubcommand("revoke", new ApiKeyRevokeCommand(shell));
        root.addSubcommand("api-key", apiKeys);
        var credentials = new CommandLine(new CredentialCommand())
                .addSubcommand("list", new CredentialListCommand(shell))
                .addSubcommand("show", new CredentialShowCommand(shell))
                .addSubcommand("usage", new CredentialUsageCommand(shell))
                .addSubcommand("shrink", new CredentialShrinkCommand(shell))
                .addSubcommand("revoke", new CredentialRevokeCommand(shell));
        root.addSubcommand("credential", credentials);
        var users = new CommandLine(new UserCommand())
                .addSubcommand("list", new UserListCommand(shell))
                .addSubcommand("show", new UserShowCommand(shell))
                .addSubcommand("invite", new UserInviteCommand(shell))
                .addSubcommand("edit", new UserEditCommand(shell))
                .addSubcommand("disable", new UserDisableCommand(shell))
                .addSubcommand("enable", new UserEnableCommand(shell))
                .addSubcommand("remove", new UserRemoveCommand(shell));
        root.addSubcommand("user", users);
        var roles = new CommandLine(new RoleCommand())
                .addSubcommand("list", new RoleListCommand(shell))
                .addSubcommand("show", new RoleShowCommand(shell))
                .addSubcommand("create", new RoleCreateCommand(shell))
                .addSubcommand("delete", new RoleDeleteCommand(shell))
                .addSubcommand("grant", new RoleGrantCommand(shell))
                .addSubcommand("revoke", new RoleRevokeCommand(shell))
                .addSubcommand("add-member", new RoleAddMemberCommand(shell))
                .addSubcommand("remove-member", new RoleRemoveMemberCommand(shell));
        root.addSubcommand("role", roles);
        var accounts = new CommandLine(new ServiceAccountCommand())
                .addSubcommand("list", new ServiceAccountListCommand(shell))
                .addSubcommand("create", new ServiceAccountCreateCommand(shell))
                .addSubcommand("hand-over", new ServiceAccountHandOverCommand(shell));
        root.addSubcommand("service-account", accounts);
        var rules = new CommandLine(new RulesCommand())
                .addSubcommand("show", new RulesShowCommand(shell))
                .addSubcommand("set", new RulesSetCommand(shell))
                .addSubcommand("preview", new RulesPreviewCommand(shell));
        root.addSubcommand("rules", rules);
        var limits = new CommandLine(new LimitsCommand())
                .addSubcommand("show", new LimitsShowCommand(shell))
                .addSubcommand("set", new LimitsSetCommand(shell));
        root.addSubcommand("limits", limits);
        var apis = new CommandLine(new ApiCommand())
                .addSubcommand("import", new ApiImportCommand(shell))
                .addSubcommand("list", new ApiListCommand(shell))
                .addSubcommand("show", new ApiShowCommand(shell));
        root.addSubcommand("api", apis);
        root.addSubcommand("choose", new CommandLine(new ChooseCommand(shell)));
        root.addSubcommand("decide", new CommandLine(new DecideCommand(shell)));
        root.addSubcommand("explain", new CommandLine(new ExplainCommand(shell)));
        root.addSubcommand("scan", new CommandLine(new ScanCommand(shell)));
        var audit = new CommandLine(new AuditCommand())
                .addSubcommand("search", new AuditSearchCommand(shell))
                .addSubcommand("tail", new AuditTailCommand(shell));
        root.addSubcommand("audit", audit);

        root.getSubcommands().values().forEach(Commands::layOutHelp);
        describeExitCodes(root);
        root.setExecutionExceptionHandler(failures(shell, root.getExecutionExceptionHandler()));
        root.setParameterExceptionHandler(wrongUsage(shell));
        root.setOut(shell.out());
        root.setErr(shell.err());
        if (!shell.hasColours()) {
            root.setColorScheme(Help.defaultColorScheme(Help.Ansi.OFF));
        }
        return root;
    }

    private static void layOutHelp(CommandLine command) {
        command.getCommandSpec()
                .addOption(OptionSpec.builder("-h", "--help")
                        .usageHelp(true)
                        .description("Show this help.")
                        .build());
        var usage = command.getCommandSpec().usageMessage();
        usage.synopsisHeading("%nUsage: ");
        usage.descriptionHeading("%n");
        usage.parameterListHeading("%n");
        usage.optionListHeading(command.getCommandSpec().positionalParameters().isEmpty() ? "%n" : "");
        usage.commandListHeading("%nCommands:%n");
        command.getSubcommands().values().forEach(Commands::layOutHelp);
    }

    private static void describeExitCodes(CommandLine command) {
        var usage = command.getCommandSpec().usageMessage();
        usage.exitCodeListHeading("%nExit codes:%n");
        usage.exitCodeList(ExitCode.descriptions());
        command.getSubcommands().values().forEach(Commands::describeExitCodes);
    }

    private static IExecutionExceptionHandler failures(Shell shell, IExecutionExceptionHandler others) {
        return (exception, command, parsed) -> {
            if (exception instanceof Failure failure) {
                shell.warn(failure.message());
                return failure.exitCode().code();
            }
            if (command.getCommand() instanceof ServerCommand) {
                shell.warn("This should not happen: " + Text.clean(exception.toString()) + ". Please report it.");
                return ExitCode.FAILED.code();
            }
            return others.handleExecutionException(exception, command, parsed);
        };
    }

    private static IParameterExceptionHandler wrongUsage(Shell shell) {
        return (exception, _) -> {
            var command = exception.getCommandLine().getCommandSpec().qualifiedName();
            shell.warn(Text.clean(String.valueOf(exception.getMessage())) + ". Try '" + command + " --help'.");
            return ExitCode.USAGE.code();
        };
    }
}
