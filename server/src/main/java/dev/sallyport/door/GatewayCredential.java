package dev.sallyport.door;

import dev.sallyport.http.RequestHead;
import dev.sallyport.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;

/**
 * What a gateway must show of itself, because whoever reaches a door can test stolen tokens there.
 *
 * @param secret empty where the doors listen on loopback
 */
record GatewayCredential(Optional<Secret> secret) {

    private static final String HEADER = "Sallyport-Gateway";

    boolean isShownBy(RequestHead head) {
        return secret.isEmpty() || isShown(head.headers(HEADER));
    }

    /** @param shown once for each time that the gateway showed one */
    boolean isShown(List<String> shown) {
        return secret.isEmpty()
                || (shown.size() == 1
                        && MessageDigest.isEqual(
                                shown.getFirst().getBytes(StandardCharsets.UTF_8),
                                secret.get().reveal().getBytes(StandardCharsets.UTF_8)));
    }
}
