package dev.sallyport.door;

import dev.sallyport.http.RequestHead;
import dev.sallyport.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * What a gateway must show of itself, because whoever reaches a door can test stolen tokens there.
 *
 * @param secret empty where the doors listen on loopback
 */
record GatewayCredential(Optional<Secret> secret) {

    private static final String HEADER = "Sallyport-Gateway";

    boolean isShownBy(RequestHead head) {
        if (secret.isEmpty()) {
            return true;
        }
        var shown = head.headers(HEADER);
        return shown.size() == 1
                && MessageDigest.isEqual(
                        shown.getFirst().getBytes(StandardCharsets.UTF_8),
                        secret.get().reveal().getBytes(StandardCharsets.UTF_8));
    }
}
