package dev.sallyport.decision;

import dev.sallyport.identity.Caller;
import dev.sallyport.permission.Authority;
import org.jspecify.annotations.Nullable;

/** The answer to a {@link Question}. */
public sealed interface Decision {

    /** The header of an answer that names the record of its decision. */
    String HEADER = "Sallyport-Decision";

    /** @param caller null where the operation asks for nobody */
    record Permit(@Nullable Caller caller) implements Decision {}

    /**
     * @param caller null where nobody was authenticated
     * @param missing what the caller would need beyond what it may do now; empty where that is not why
     */
    record Deny(Reason reason, @Nullable Caller caller, Authority missing) implements Decision {}
}
