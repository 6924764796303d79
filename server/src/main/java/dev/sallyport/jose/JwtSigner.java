package dev.sallyport.jose;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.jca.JCAContext;
import com.nimbusds.jose.util.Base64URL;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.Set;

/** Signs tokens with the active key of their purpose. Safe for threads; does not block. */
public final class JwtSigner {

    private final KeyRing keys;

    public JwtSigner(KeyRing keys) {
        this.keys = keys;
    }

    /**
     * A JWT in the compact form (RFC 7519, RFC 7515 §7.1), signed with EdDSA.
     *
     * @param type the header's {@code typ}, which keeps tokens of different uses apart (RFC 8725 §3.11)
     * @param claims JSON values; times are numbers of seconds
     */
    public String sign(Purpose purpose, String type, Map<String, Object> claims) {
        var key = keys.active(purpose);
        var header = new JWSHeader.Builder(JWSAlgorithm.EdDSA)
                .keyID(key.id())
                .type(new JOSEObjectType(type))
                .build();
        var token = new JWSObject(header, new Payload(claims));
        try {
            token.sign(new Ed25519JwsSigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException("the key " + key.id() + " does not sign", e);
        }
        return token.serialize();
    }

    /** Nimbus' own signer needs Tink. */
    private record Ed25519JwsSigner(SigningKey key) implements JWSSigner {

        @Override
        public Base64URL sign(JWSHeader header, byte[] message) throws JOSEException {
            try {
                return Base64URL.encode(key.sign(message));
            } catch (GeneralSecurityException e) {
                throw new JOSEException(e.getMessage(), e);
            }
        }

        @Override
        public Set<JWSAlgorithm> supportedJWSAlgorithms() {
            return Set.of(JWSAlgorithm.EdDSA);
        }

        @Override
        public JCAContext getJCAContext() {
            return new JCAContext();
        }
    }
}
