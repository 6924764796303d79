package dev.sallyport.token;

import dev.sallyport.credential.StoredCredential;
import dev.sallyport.secret.Secret;

/** What came of the code of a setup link. */
public sealed interface Redemption {

    /** The administrator's first token. */
    record Redeemed(StoredCredential token, Secret secret) implements Redemption {}

    /** Wrong, used, replaced and expired codes look the same to whoever tries them. */
    record Refused() implements Redemption {}
}
