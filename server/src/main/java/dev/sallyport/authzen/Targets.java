package dev.sallyport.authzen;

import dev.sallyport.authentication.Replica;
import dev.sallyport.authzen.AccessRequest.Action;
import dev.sallyport.authzen.AccessRequest.Entity;
import dev.sallyport.catalogue.CanonicalPath;
import dev.sallyport.catalogue.Operation;
import dev.sallyport.catalogue.OperationTable;
import dev.sallyport.catalogue.ProtectedApi;
import dev.sallyport.decision.Judge;
import dev.sallyport.decision.Question.Target;
import dev.sallyport.decision.Reason;
import dev.sallyport.identity.OrganizationId;
import java.util.ArrayList;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which operation of which protected API a question is about. */
final class Targets {

    private static final Pattern METHOD = Pattern.compile("[A-Z]{1,20}");
    private static final Pattern PLAIN_SEGMENT = Pattern.compile("[A-Za-z0-9_-]{1,128}");
    private static final Pattern VARIABLE = Pattern.compile("\\{[^}]*}");

    /** The resource type that stands for the shipped API, or for the one that its properties name. */
    static final String ANY_API = "api";

    private final Replica replica;

    Targets(Replica replica) {
        this.replica = replica;
    }

    Judge.Call of(OrganizationId organization, AccessRequest request) {
        var resource = request.resource();
        var api = api(organization, resource);
        if (api == null) {
            return ofDomain(organization, request);
        }
        return resource.id().startsWith("/")
                ? ofPath(api, request.action(), resource.id())
                : ofOperation(api, request.action(), resource.id());
    }

    /** One of another organization does not exist. Null where the type is no API. */
    @Nullable
    ProtectedApi api(OrganizationId organization, Entity resource) {
        var named = resource.properties().path("api");
        var id = resource.type();
        if (id.equals(ANY_API)) {
            id = named.isString() ? named.stringValue() : ProtectedApi.DATADOG;
        }
        var api = replica.api(id);
        return api == null || !api.admits(organization) ? null : api;
    }

    private static Judge.Call ofPath(ProtectedApi api, Action action, String text) {
        if (!(CanonicalPath.parse(text) instanceof CanonicalPath.Parsed.Canonical(var path))) {
            return refused(api, Reason.AMBIGUOUS_PATH, action, withoutQuery(text));
        }
        var operations = api.operations();
        if (METHOD.matcher(action.name()).matches()) {
            var target = Target.of(api, action.name(), path);
            return new Judge.Call(api, api.id(), target, action.name(), path.path(), "");
        }
        for (var operation : operations.named(action.name())) {
            if (operations.match(operation.method(), path) instanceof OperationTable.Match.Matched(var matched, var _)
                    && matched.equals(operation)) {
                return known(api, operation, path.path());
            }
        }
        return refused(api, Reason.UNKNOWN_OPERATION, action, path.path());
    }

    private static Judge.Call ofOperation(ProtectedApi api, Action action, String id) {
        var candidates = api.operations().named(id).stream()
                .filter(operation -> operation.method().equals(action.name())
                        || operation.id().equals(action.name()))
                .toList();
        return switch (candidates.size()) {
            case 0 -> refused(api, Reason.UNKNOWN_OPERATION, action, "");
            case 1 -> known(api, candidates.getFirst(), candidates.getFirst().template());
            default -> refused(api, Reason.AMBIGUOUS_PATH, action, "");
        };
    }

    private record Candidate(ProtectedApi api, Operation operation, int conditions) {}

    /** Of the operations whose conditions are all met, the one with the most: a rule for archived records beats that for all. */
    private Judge.Call ofDomain(OrganizationId organization, AccessRequest request) {
        var met = new ArrayList<Candidate>();
        ProtectedApi asked = null;
        for (var api : replica.ownApis(organization)) {
            for (var operation : api.operations()
                    .meaning(request.resource().type(), request.action().name())) {
                asked = api;
                var meaning = operation.meaning();
                if (meaning != null && isMet(meaning.when(), request)) {
                    met.add(new Candidate(api, operation, meaning.when().size()));
                }
            }
        }
        var most = met.stream().mapToInt(Candidate::conditions).max().orElse(0);
        var best = met.stream().filter(one -> one.conditions() == most).toList();
        return switch (best.size()) {
            case 0 -> refused(asked, Reason.UNKNOWN_OPERATION, request.action(), "");
            case 1 -> {
                var only = best.getFirst();
                yield known(only.api(), only.operation(), filled(only.operation(), request.resource()));
            }
            default -> refused(asked, Reason.AMBIGUOUS_PATH, request.action(), "");
        };
    }

    private static boolean isMet(Map<String, String> conditions, AccessRequest request) {
        return conditions.entrySet().stream().allMatch(condition -> {
            var dot = condition.getKey().indexOf('.');
            var properties = switch (condition.getKey().substring(0, dot)) {
                case "resource" -> request.resource().properties();
                case "action" -> request.action().properties();
                default -> request.context();
            };
            var value = properties.path(condition.getKey().substring(dot + 1));
            return value.isValueNode() && !value.isNull() && value.asString().equals(condition.getValue());
        });
    }

    /** The concrete path, for the trail, where the id can stand in it as it is. */
    private static String filled(Operation operation, Entity resource) {
        var variables = VARIABLE.matcher(operation.template());
        return variables.results().count() == 1
                        && PLAIN_SEGMENT.matcher(resource.id()).matches()
                ? variables.replaceFirst(resource.id())
                : operation.template();
    }

    private static Judge.Call known(ProtectedApi api, Operation operation, String path) {
        return new Judge.Call(api, api.id(), new Target.Known(operation), operation.method(), path, "");
    }

    private static Judge.Call refused(@Nullable ProtectedApi api, Reason reason, Action action, String path) {
        return new Judge.Call(api, api == null ? "" : api.id(), new Target.Refused(reason), action.name(), path, "");
    }

    private static String withoutQuery(String text) {
        var query = text.indexOf('?');
        return query < 0 ? text : text.substring(0, query);
    }
}
