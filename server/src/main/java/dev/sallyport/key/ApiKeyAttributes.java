package dev.sallyport.key;

import dev.sallyport.http.BadInput;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a request says of an API key. */
record ApiKeyAttributes(
        @Nullable String name,
        @Nullable String category,
        @Nullable Boolean remote_config_read_enabled) {

    private static final Pattern CATEGORY = Pattern.compile("[a-zA-Z0-9_-]{1,50}");

    /** Null where it says nothing. */
    @Nullable
    String checkedCategory() {
        if (category != null && !CATEGORY.matcher(category).matches()) {
            throw new BadInput(
                    "invalid_category",
                    "The member 'data.attributes.category' must be 1 to 50 letters, digits, '_' or '-'.");
        }
        return category;
    }
}
