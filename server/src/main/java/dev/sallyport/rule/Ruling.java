package dev.sallyport.rule;

import dev.sallyport.http.Problem;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What the rules of an organization say of a credential that somebody asks for. */
public sealed interface Ruling {

    /** @param expiresAt what was asked, or what the rules give where nobody asked; null for never */
    record Allowed(@Nullable Instant expiresAt) implements Ruling {}

    /**
     * @param code a word that never changes
     * @param sentence for people
     */
    record Broken(String code, String sentence) implements Ruling {

        /** 403: the request is well formed, and the organization does not want it. */
        public Problem problem() {
            return Problem.forbidden(code, sentence);
        }
    }
}
