package dev.sallyport.leak;

import java.util.Optional;

/** The stored credentials, as far as a leak concerns them. */
public interface LeakedCredentials {

    /**
     * What this text proves; empty for everything that was not issued here, or whose secret is wrong.
     *
     * <p>Takes any text, and does the same work for an unknown id as for a wrong secret.
     */
    Optional<Proof> prove(String text);

    /** Ends it for ever and records why, in one transaction; returns once no call with it is let in here. Idempotent. */
    void revoke(Proof proof, Leak leak);

    /** Records that it was seen, and lets it live. */
    void note(Proof proof, Leak leak);
}
