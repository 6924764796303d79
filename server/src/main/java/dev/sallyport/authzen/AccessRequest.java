package dev.sallyport.authzen;

import tools.jackson.databind.JsonNode;

/**
 * One question: may this subject do that to this resource?
 *
 * @param context what else is known; an object, perhaps an empty one
 */
record AccessRequest(Entity subject, Action action, Entity resource, JsonNode context) {

    /** @param properties an object, perhaps an empty one */
    record Entity(String type, String id, JsonNode properties) {}

    /** @param properties an object, perhaps an empty one */
    record Action(String name, JsonNode properties) {}
}
