package dev.sallyport.authzen;

import dev.sallyport.authentication.Replica;
import dev.sallyport.authzen.AccessRequest.Action;
import dev.sallyport.authzen.AccessRequest.Entity;
import dev.sallyport.authzen.SearchHandler.Candidate;
import dev.sallyport.authzen.SearchHandler.ResultJson;
import dev.sallyport.catalogue.Operation;
import dev.sallyport.catalogue.ProtectedApi;
import dev.sallyport.identity.Caller;
import dev.sallyport.identity.OrganizationId;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** What could be asked: the operations of an API, and what is done to a resource. Records of other systems are not known here. */
final class Searches {

    private static final JsonNode NOTHING = JsonNodeFactory.instance.objectNode();

    private final Replica replica;
    private final Targets targets;

    Searches(Replica replica, Targets targets) {
        this.replica = replica;
        this.targets = targets;
    }

    /** The operations of the API that the resource's type names, by their ids. */
    List<Candidate> resources(Caller point, JsonNode body) {
        var subject = AccessRequestReader.subject(body, NOTHING);
        var action = AccessRequestReader.action(body, NOTHING);
        var resource = AccessRequestReader.resourceToFind(body);
        var context = AccessRequestReader.context(body);
        var api = targets.api(organization(point), resource);
        return api == null
                ? List.of()
                : api.operations().operations().stream()
                        .map(Operation::id)
                        .distinct()
                        .map(id -> new Candidate(
                                new AccessRequest(
                                        subject,
                                        action,
                                        new Entity(resource.type(), id, resource.properties()),
                                        context),
                                new ResultJson(resource.type(), id, null)))
                        .toList();
    }

    /** The methods of a path or an operation, or the actions that documents name for a resource of their domain. */
    List<Candidate> actions(Caller point, JsonNode body) {
        var subject = AccessRequestReader.subject(body, NOTHING);
        var resource = AccessRequestReader.resource(body, NOTHING);
        var context = AccessRequestReader.context(body);
        var properties = body.path("action").path("properties");
        return names(organization(point), resource)
                .distinct()
                .sorted()
                .map(name -> new Candidate(
                        new AccessRequest(
                                subject,
                                new Action(name, properties.isObject() ? properties : NOTHING),
                                resource,
                                context),
                        new ResultJson(null, null, name)))
                .toList();
    }

    private Stream<String> names(OrganizationId organization, Entity resource) {
        var api = targets.api(organization, resource);
        if (api != null) {
            var operations = resource.id().startsWith("/")
                    ? api.operations().operations()
                    : api.operations().named(resource.id());
            return operations.stream().map(Operation::method);
        }
        return replica.ownApis(organization).stream()
                .map(ProtectedApi::operations)
                .flatMap(operations -> operations.operations().stream())
                .flatMap(operation -> Stream.ofNullable(operation.meaning()))
                .filter(meaning -> meaning.resource().equals(resource.type()))
                .map(meaning -> meaning.action());
    }

    private static OrganizationId organization(Caller point) {
        return point.organization().id();
    }
}
