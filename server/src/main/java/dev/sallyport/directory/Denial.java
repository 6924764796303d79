package dev.sallyport.directory;

import java.util.List;

/** Why a caller may not grant something, or act on somebody. */
sealed interface Denial {

    /** @param permissions names of what the caller would have to hold and does not, sorted */
    record Beyond(List<String> permissions) implements Denial {
        public Beyond {
            permissions = List.copyOf(permissions);
        }
    }

    /** Between the decision to let the call in and the change, the caller lost what it was let in by. */
    record NoLongerAllowed() implements Denial {}
}
