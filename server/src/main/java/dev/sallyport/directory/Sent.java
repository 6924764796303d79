package dev.sallyport.directory;

import dev.sallyport.http.BadInput;
import dev.sallyport.http.Problem;
import dev.sallyport.identity.Uuids;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The parts of JSON:API that this package is sent, and what must be there. */
final class Sent {

    /** Names a resource. */
    record Reference(@Nullable String type, @Nullable String id) {}

    record ToOne(@Nullable Reference data) {}

    record ToMany(@Nullable List<@Nullable Reference> data) {}

    private Sent() {}

    static <T> T required(@Nullable T value, String path) {
        if (value == null) {
            throw new BadInput("missing_member", "The member '" + path + "' is missing.");
        }
        return value;
    }

    static void requireType(@Nullable String type, String expected) {
        if (!expected.equals(required(type, "data.type"))) {
            throw new BadInput("wrong_type", "The member 'data.type' must be '" + expected + "'.");
        }
    }

    /** @param detail what the wire says where the id is another than the one in the path */
    static void requireId(@Nullable String id, UUID inPath, String detail) {
        if (!Uuids.parse(required(id, "data.id")).filter(inPath::equals).isPresent()) {
            throw new BadInput(new Problem(422, "wrong_id", detail));
        }
    }

    static UUID id(@Nullable Reference reference, String expectedType, String path) {
        var found = required(reference, path);
        if (!expectedType.equals(required(found.type(), path + ".type"))) {
            throw new BadInput("wrong_type", "The member '" + path + ".type' must be '" + expectedType + "'.");
        }
        return Uuids.parse(required(found.id(), path + ".id"))
                .orElseThrow(() -> new BadInput("invalid_id", "The member '" + path + ".id' must be a UUID."));
    }

    /** The ids of a list that has to be there. */
    static List<UUID> ids(ToMany references, String expectedType, String path) {
        return required(references.data(), path + ".data").stream()
                .map(reference -> id(reference, expectedType, path + ".data[]"))
                .distinct()
                .toList();
    }
}
