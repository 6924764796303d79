package dev.sallyport.notice;

import dev.sallyport.http.BadInput;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Members of a request's body. */
final class Members {

    private Members() {}

    static <T> T required(String path, @Nullable T value) {
        if (value == null) {
            throw new BadInput("missing_member", "The member '" + path + "' is missing.");
        }
        return value;
    }

    static List<String> names(String path, List<@Nullable String> names) {
        return names.stream().map(name -> required(path + "[]", name)).toList();
    }

    static List<String> everyEvent() {
        return Arrays.stream(EventType.values()).map(EventType::wireName).toList();
    }
}
