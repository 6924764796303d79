package dev.sallyport.token;

import dev.sallyport.credential.StoredCredential;
import dev.sallyport.secret.Secret;

/** What came of the code of a link. */
public sealed interface Redemption {

    /** The first token of whoever came in. */
    record Redeemed(StoredCredential token, Secret secret) implements Redemption {}

    /** The user came in, and the rules of the organization allow no first token. */
    record WithoutToken() implements Redemption {}

    /** Wrong, used, replaced and expired codes look the same to whoever tries them. */
    record Refused() implements Redemption {}
}
