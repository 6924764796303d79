package dev.sallyport.token;

import dev.sallyport.rule.Ruling;
import java.time.Instant;
import java.util.List;

/** Why a token was neither issued nor edited. */
sealed interface Refusal {

    /** @param what a sentence that does not repeat the name */
    record InvalidName(String what) implements Refusal {}

    record NoScopes() implements Refusal {}

    record TooManyScopes(int most) implements Refusal {}

    /** Nobody knows them, no token may carry them, or this organization cannot see them. */
    record UnknownScopes(List<String> names) implements Refusal {}

    record ScopesNotHeld(List<String> names) implements Refusal {}

    /** A personal access token must end, and neither the request nor a rule says when. */
    record NoExpiry() implements Refusal {}

    record RuleBroken(Ruling.Broken rule) implements Refusal {}

    record ExpiryOutOfRange(TokenFamily family, TokenLimits limits) implements Refusal {}

    /** It would end later than the credential that asks. */
    record OutlivesCaller(Instant end) implements Refusal {}

    /** A service account asks for a personal token. */
    record NotAUser() implements Refusal {}

    /** What a disabled service account owned has ended, and nothing new begins. */
    record OwnerDisabled() implements Refusal {}

    record TooManyTokens(int most) implements Refusal {}

    /** It no longer has the scopes that the edit was made for. */
    record ScopesChanged() implements Refusal {}

    /** Between the decision to let the call in and the change, the caller lost what it was let in by. */
    record NoLongerAllowed() implements Refusal {}
}
