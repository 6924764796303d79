package dev.sallyport.notice;

import dev.sallyport.http.Outbound;

/** Why a webhook was neither created nor edited. */
sealed interface Refusal {

    /** @param what a sentence that does not repeat the name */
    record InvalidName(String what) implements Refusal {}

    record InvalidUrl(Outbound.Reason reason) implements Refusal {}

    record NoEvents() implements Refusal {}

    record UnknownEvents() implements Refusal {}

    record TooManyWebhooks(int most) implements Refusal {}
}
