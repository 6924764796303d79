package dev.sallyport.leak;

import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.util.Base64;

/** ECDSA with SHA-256 (FIPS 186-5 §6) over bytes, the signature in DER and base64, as GitHub sends it. */
final class GithubSignature {

    /** Two numbers of 32 bytes in DER have at most 72 bytes. */
    private static final int LONGEST = 100;

    private GithubSignature() {}

    static boolean isOf(byte[] body, ECPublicKey key, String signature) {
        if (signature.length() > LONGEST) {
            return false;
        }
        try {
            var verifier = Signature.getInstance("SHA256withECDSA");
            verifier.initVerify(key);
            verifier.update(body);
            return verifier.verify(Base64.getDecoder().decode(signature));
        } catch (GeneralSecurityException | IllegalArgumentException _) {
            // Neither base64 nor DER, or numbers out of range: a wrong signature.
            return false;
        }
    }
}
