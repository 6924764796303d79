package dev.sallyport.catalogue;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/** A node of a document, and where it stands. */
record Place(JsonNode node, JsonPointer pointer) {

    static Place root(JsonNode node) {
        return new Place(node, JsonPointer.empty());
    }

    /** Missing if there is none of that name. */
    Place member(String name) {
        return new Place(node.path(name), pointer.appendProperty(name));
    }

    boolean has(String name) {
        return node.has(name);
    }

    List<String> names() {
        return List.copyOf(node.propertyNames());
    }

    List<Place> elements() {
        var elements = new ArrayList<Place>();
        for (var i = 0; i < node.size(); i++) {
            elements.add(new Place(node.path(i), pointer.appendIndex(i)));
        }
        return elements;
    }

    DocumentProblem problem(String detail) {
        return DocumentProblem.at(pointer, detail);
    }
}
