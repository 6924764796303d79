package dev.sallyport.directory;

import dev.sallyport.identity.DisplayName;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What people say of a user; null for what they do not say.
 *
 * @param title blank for none
 */
record UserAttributes(
        @Nullable String name,
        @Nullable String email,
        @Nullable String title) {

    /** What is wrong with them, as a sentence that repeats none; empty if nothing is. */
    Optional<String> problem() {
        return problemWithName().or(this::problemWithEmail).or(this::problemWithTitle);
    }

    private Optional<String> problemWithName() {
        return name == null ? Optional.empty() : DisplayName.problemWith(name);
    }

    private Optional<String> problemWithEmail() {
        return email == null ? Optional.empty() : EmailAddress.problemWith(email);
    }

    private Optional<String> problemWithTitle() {
        return title == null || title.isBlank()
                ? Optional.empty()
                : DisplayName.problemWith(title).map(problem -> problem.replace("The name", "The title"));
    }

    /** The title that is left of one: null where nothing is. */
    static @Nullable String titleOf(@Nullable String said, @Nullable String before) {
        if (said == null) {
            return before;
        }
        return said.isBlank() ? null : said;
    }
}
