package dev.sallyport.key;

import dev.sallyport.rule.Ruling;
import java.time.Instant;
import java.util.List;

/** Why a key was neither created nor edited. */
sealed interface Refusal {

    /** @param what a sentence that does not repeat the name */
    record InvalidName(String what) implements Refusal {}

    record TooManyScopes(int most) implements Refusal {}

    /** Nobody knows them, no credential may carry them, or this organization cannot see them. */
    record UnknownScopes(List<String> names) implements Refusal {}

    record ScopesNotHeld(List<String> names) implements Refusal {}

    /** A key without scopes would do more than the credential of the request, now or one day. */
    record BeyondCaller() implements Refusal {}

    /** It would end later than the credential that asks. */
    record OutlivesCaller(Instant end) implements Refusal {}

    /** The rules of the organization do not allow it. */
    record AgainstRules(Ruling.Broken broken) implements Refusal {}

    record TooManyApplicationKeys(int most) implements Refusal {}

    record TooManyApiKeys(int most) implements Refusal {}

    record NameTaken() implements Refusal {}

    /** It no longer has the scopes that the edit was made for. */
    record ScopesChanged() implements Refusal {}

    /** Between the decision to let the call in and the change, the caller lost what it was let in by. */
    record NoLongerAllowed() implements Refusal {}
}
