package dev.sallyport.audit;

import dev.sallyport.http.Method;
import dev.sallyport.http.Route;
import dev.sallyport.identity.OrganizationId;
import dev.sallyport.permission.Permissions;
import dev.sallyport.permission.Requirement;
import dev.sallyport.sql.Database;
import dev.sallyport.sql.SqlFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** The trail of one node: its decision log under {@code log/}, the changes of the control database, and {@code audit.db}. */
public final class Audit implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final ChangeTrail changes = new ChangeTrail();
    private final DecisionLog decisions;
    private final Indexer indexer;
    private final SearchStore events;
    private final SearchEvents searchEvents;
    private final List<Route> routes;

    /**
     * Opens the log and the index.
     *
     * @param data the data directory; it exists
     * @param random gives the node its number, the first time
     * @param publicUrl without a slash at its end; asked for when an answer names the next page
     * @throws UncheckedIOException if the log cannot be written
     * @throws SqlFailure if the index cannot be opened
     */
    public Audit(
            Database control,
            Permissions permissions,
            Path data,
            Durability durability,
            InstantSource clock,
            RandomGenerator random,
            Supplier<String> publicUrl) {
        try {
            decisions = DecisionLog.open(
                    DiskFiles.in(data.resolve("log")), permissions, LogLimits.of(durability), clock, random);
        } catch (IOException e) {
            throw new UncheckedIOException("The decision log in " + data.resolve("log") + " cannot be written.", e);
        }
        var file = data.resolve("audit.db");
        try {
            indexer = new Indexer(decisions, control, IndexStore.open(file), new LastUseStore(control), clock);
        } catch (SQLException | IOException e) {
            decisions.close();
            throw new SqlFailure("The search index " + file + " cannot be opened.", e);
        }
        events = new SearchStore(file);
        searchEvents = new SearchEvents(decisions, indexer, events, clock);
        routes = routes(searchEvents, permissions, publicUrl);
    }

    private static List<Route> routes(SearchEvents searchEvents, Permissions permissions, Supplier<String> publicUrl) {
        var reading = Requirement.anyOf(permissions.require("audit_logs_read"));
        return List.of(
                Route.of(
                        Method.GET,
                        EventsPage.PATH,
                        "ListAuditLogs",
                        reading,
                        new ListEventsHandler(searchEvents, publicUrl)),
                Route.of(
                        Method.POST,
                        EventsPage.PATH + "/search",
                        "SearchAuditLogs",
                        reading,
                        new SearchEventsHandler(searchEvents, publicUrl)));
    }

    /** Begins to index. Decisions are taken from the construction on. */
    public void start() {
        indexer.start();
    }

    public List<Route> routes() {
        return routes;
    }

    public ChangeTrail changes() {
        return changes;
    }

    public DecisionLog decisions() {
        return decisions;
    }

    /** A decision of an organization that this node has taken and kept; it waits a little for the index. */
    public Optional<PastDecision> find(OrganizationId organization, AuditId id) {
        return searchEvents.find(organization, id);
    }

    /**
     * Waits, for two seconds at most, until what this node has decided so far is in {@code credential_usage}; false if it is not.
     * Other nodes tell what they count about once a second.
     */
    public boolean awaitCounts() {
        try {
            return indexer.awaitCounts(decisions.durable(), PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Writes every decision that waits; what is not yet indexed will be after the next start. */
    @Override
    public void close() {
        decisions.close();
        indexer.close();
        events.close();
    }
}
