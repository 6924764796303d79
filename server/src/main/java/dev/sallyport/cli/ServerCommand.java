package dev.sallyport.cli;

import java.net.URI;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/** A command that asks a server something. */
abstract class ServerCommand implements Callable<Integer> {

    @Mixin
    ServerOptions server = new ServerOptions();

    final Shell shell;
    final Output output;

    ServerCommand(Shell shell) {
        this.shell = shell;
        this.output = new Output(shell);
    }

    /** The management API. */
    final Client api() {
        return client(connection().url());
    }

    /** The part of it that asks for no token. */
    final Client open() {
        var address = connection().url();
        warnOfListeners(address, "What is sent");
        return new Client(address, new Shown.Nothing());
    }

    /** The operator's calls, beside the doors. */
    final Client doors() {
        return client(connection().doors());
    }

    final Connection connection() {
        return new Connection(server, shell);
    }

    final boolean isJson() {
        return server.json;
    }

    /** The management API, with a pair of keys if there is one: for what a token must not do. */
    final Client apiWithKeys() {
        return client(connection().url(), new TokenSource(shell).keysOr(server.tokenFile));
    }

    private Client client(Connection.Address address) {
        return client(address, new TokenSource(shell).read(server.tokenFile));
    }

    private Client client(Connection.Address address, Shown shown) {
        warnOfListeners(address, "The credential");
        return new Client(address, shown);
    }

    private void warnOfListeners(Connection.Address address, String what) {
        var uri = URI.create(address.url());
        if ("http".equals(uri.getScheme()) && !Connection.isOnThisMachine(uri.getHost())) {
            shell.warn(what + " travels unencrypted to " + address.url() + ". Use https.");
        }
    }
}
