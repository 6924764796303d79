package dev.sallyport.authzen;

import dev.sallyport.authzen.AccessRequest.Action;
import dev.sallyport.authzen.AccessRequest.Entity;
import dev.sallyport.http.BadInput;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Reads questions out of JSON: what is required is there and of its type, what is not known is passed over. */
final class AccessRequestReader {

    /** Of a type, an action's name and the id of a subject, in UTF-16 units. */
    static final int LONGEST_NAME = 1_024;

    /** Of a resource's id, which may be a path. */
    static final int LONGEST_ID = 8_192;

    private static final JsonNode NOTHING = JsonNodeFactory.instance.objectNode();

    private AccessRequestReader() {}

    /**
     * @param defaults where a member is taken from, whole, that the question itself lacks
     * @throws BadInput if something required is missing or of another type
     */
    static AccessRequest read(JsonNode question, JsonNode defaults) {
        requireObject(question, "question");
        return new AccessRequest(
                subject(question, defaults),
                action(question, defaults),
                resource(question, defaults),
                objectOrNothing(chosen(question, defaults, "context"), "context"));
    }

    static Entity subject(JsonNode question, JsonNode defaults) {
        return entity(chosen(question, defaults, "subject"), "subject", LONGEST_NAME);
    }

    static Action action(JsonNode question, JsonNode defaults) {
        var action = chosen(question, defaults, "action");
        requireObject(action, "action");
        return new Action(
                text(action, "action", "name", LONGEST_NAME),
                objectOrNothing(action.path("properties"), "action.properties"));
    }

    static Entity resource(JsonNode question, JsonNode defaults) {
        return entity(chosen(question, defaults, "resource"), "resource", LONGEST_ID);
    }

    /** A resource that is looked for: an id that is there is passed over. */
    static Entity resourceToFind(JsonNode question) {
        var resource = question.path("resource");
        requireObject(resource, "resource");
        var type = text(resource, "resource", "type", LONGEST_NAME);
        return new Entity(type, "", objectOrNothing(resource.path("properties"), "resource.properties"));
    }

    static JsonNode context(JsonNode question) {
        return objectOrNothing(question.path("context"), "context");
    }

    private static JsonNode chosen(JsonNode question, JsonNode defaults, String member) {
        return question.has(member) ? question.path(member) : defaults.path(member);
    }

    private static Entity entity(JsonNode entity, String name, int longestId) {
        requireObject(entity, name);
        return new Entity(
                text(entity, name, "type", LONGEST_NAME),
                text(entity, name, "id", longestId),
                objectOrNothing(entity.path("properties"), name + ".properties"));
    }

    static void requireObject(JsonNode node, String name) {
        if (!node.isObject()) {
            throw new BadInput("invalid_request", "The member '" + name + "' is required and must be an object.");
        }
    }

    private static JsonNode objectOrNothing(JsonNode node, String name) {
        if (node.isMissingNode()) {
            return NOTHING;
        }
        requireObject(node, name);
        return node;
    }

    private static String text(JsonNode entity, String name, String member, int longest) {
        var node = entity.path(member);
        if (!node.isString() || node.stringValue().isEmpty()) {
            throw new BadInput(
                    "invalid_request", "The member '" + name + "." + member + "' is required and must be a text.");
        }
        var text = node.stringValue();
        if (text.length() > longest || text.codePoints().anyMatch(AccessRequestReader::isRefused)) {
            throw new BadInput(
                    "invalid_request",
                    "The member '" + name + "." + member + "' must have at most " + longest
                            + " characters, and no controls.");
        }
        return text;
    }

    private static boolean isRefused(int point) {
        return Character.isISOControl(point) || Character.getType(point) == Character.SURROGATE;
    }
}
