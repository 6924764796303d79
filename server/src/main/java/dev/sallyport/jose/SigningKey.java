package dev.sallyport.jose;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.util.Base64URL;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.text.ParseException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** An Ed25519 key pair (RFC 8032, RFC 8037). Its id is its thumbprint (RFC 7638). */
final class SigningKey {

    /** The only algorithm so far. */
    static final String ALGORITHM = "EdDSA";

    private static final String CURVE = "Ed25519";
    private static final int PUBLIC_BYTES = 32;

    private final Purpose purpose;
    private final OctetKeyPair publicKey;
    private final PrivateKey privateKey;
    /** A {@link Signature} is not safe for threads and is dear to make; a few event loops and workers sign. */
    @SuppressWarnings(
            "ThreadLocalUsage") // Belongs to the key; a ring has a handful of keys, replaced every few months.
    private final ThreadLocal<@Nullable Prepared> prepared = new ThreadLocal<>();

    private record Prepared(Provider provider, Signature signature) {}

    private SigningKey(Purpose purpose, OctetKeyPair publicKey, PrivateKey privateKey) {
        this.purpose = purpose;
        this.publicKey = publicKey;
        this.privateKey = privateKey;
    }

    static SigningKey generate(Purpose purpose, SecureRandom random) {
        try {
            var generator = KeyPairGenerator.getInstance(CURVE);
            generator.initialize(255, random);
            var pair = generator.generateKeyPair();
            // The point is the last 32 bytes of its SubjectPublicKeyInfo (RFC 8410 §4).
            var encoded = pair.getPublic().getEncoded();
            var point = Arrays.copyOfRange(encoded, encoded.length - PUBLIC_BYTES, encoded.length);
            var bare = new OctetKeyPair.Builder(Curve.Ed25519, Base64URL.encode(point)).build();
            var published = new OctetKeyPair.Builder(bare)
                    .keyID(bare.computeThumbprint().toString())
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.EdDSA)
                    .build();
            return new SigningKey(purpose, published, pair.getPrivate());
        } catch (GeneralSecurityException | JOSEException e) {
            throw new IllegalStateException("every Java platform has " + CURVE, e);
        }
    }

    /**
     * The key that {@link #sealed} and {@link #publicJwk} came from.
     *
     * @throws SealBroken if its private half does not open, or its public half is not the one it was sealed with
     */
    static SigningKey open(KeyEncryption encryption, Purpose purpose, String id, String publicJwk, byte[] sealed) {
        var place = place(purpose, id);
        var encoded = encryption.open(place, sealed);
        try {
            var publicKey = OctetKeyPair.parse(publicJwk).toPublicJWK();
            // The seal vouches for the id, and the id for the public half: nobody who only writes rows adds a key.
            if (!id.equals(publicKey.getKeyID())
                    || !id.equals(publicKey.computeThumbprint().toString())) {
                throw new SealBroken(place);
            }
            var privateKey = KeyFactory.getInstance(CURVE).generatePrivate(new PKCS8EncodedKeySpec(encoded));
            return new SigningKey(purpose, publicKey, privateKey);
        } catch (ParseException | JOSEException | GeneralSecurityException e) {
            throw new IllegalStateException("the signing key " + id + " cannot be read", e);
        }
    }

    private static KeyEncryption.Place place(Purpose purpose, String id) {
        return new KeyEncryption.Place("signing_key", "sealed", purpose.code() + "/" + id);
    }

    Purpose purpose() {
        return purpose;
    }

    String id() {
        return publicKey.getKeyID();
    }

    OctetKeyPair publicKey() {
        return publicKey;
    }

    String publicJwk() {
        return publicKey.toJSONString();
    }

    /** The private half, as it may be stored. */
    byte[] sealed(KeyEncryption encryption) {
        return encryption.seal(place(purpose, id()), privateKey.getEncoded());
    }

    byte[] sign(byte[] message) throws GeneralSecurityException {
        var signature = signature(Ed25519Provider.current());
        signature.update(message);
        return signature.sign();
    }

    @SuppressWarnings("ReferenceEquality") // A provider is a large table, and equality would compare all of it.
    private Signature signature(Provider provider) throws GeneralSecurityException {
        var held = prepared.get();
        if (held != null && held.provider() == provider) {
            return held.signature();
        }
        var signature = Signature.getInstance(CURVE, provider);
        signature.initSign(privateKey);
        prepared.set(new Prepared(provider, signature));
        return signature;
    }

    @Override
    public String toString() {
        return "SigningKey(" + purpose + " " + id() + ")";
    }
}
