package dev.sallyport.jose;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Signature;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whose Ed25519 signs: the JDK's until the native one is there, which signs some sixty times faster.
 *
 * <p>Loading native code takes a fifth of a second, so it happens beside the start. The provider is named at each use and
 * never registered: TLS and everything else stay with the JDK's.
 */
final class Ed25519Provider {

    private static final Logger LOG = LoggerFactory.getLogger(Ed25519Provider.class);

    private static volatile Provider current = ofThePlatform();

    private Ed25519Provider() {}

    static Provider current() {
        return current;
    }

    /** Begins to look for the native provider, once in the life of the process. */
    static void findFaster() {
        var _ = Search.BEGUN;
    }

    private static final class Search {
        static final Thread BEGUN =
                Thread.ofPlatform().name("native-signatures").daemon().start(Ed25519Provider::adoptNative);
    }

    private static void adoptNative() {
        try {
            var candidate = AmazonCorrettoCryptoProvider.INSTANCE;
            var failure = candidate.getLoadingError();
            if (failure == null) {
                var _ = Signature.getInstance("Ed25519", candidate);
                current = candidate;
                LOG.info("Signatures are made by {}.", candidate.getInfo());
            } else {
                LOG.info("Signatures are made by the JDK: native code was not loaded ({}).", failure.getMessage());
            }
        } catch (NoSuchAlgorithmException | LinkageError | RuntimeException e) {
            LOG.info("Signatures are made by the JDK: native code was not loaded ({}).", e.toString());
        }
    }

    private static Provider ofThePlatform() {
        try {
            return Signature.getInstance("Ed25519").getProvider();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform since 15 has Ed25519", e);
        }
    }
}
