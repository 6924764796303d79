package dev.sallyport.token;

import dev.sallyport.http.BadInput;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Members of a request's body that have to be there. */
final class Members {

    private Members() {}

    static <T> T required(@Nullable T value, String path) {
        if (value == null) {
            throw new BadInput("missing_member", "The member '" + path + "' is missing.");
        }
        return value;
    }

    static List<String> names(List<@Nullable String> names, String path) {
        return names.stream().map(name -> required(name, path + "[]")).toList();
    }

    static void requireType(TokenFamily family, @Nullable String type) {
        if (!family.takes(required(type, "data.type"))) {
            throw new BadInput("wrong_type", "The member 'data.type' must be '" + family.type() + "'.");
        }
    }
}
