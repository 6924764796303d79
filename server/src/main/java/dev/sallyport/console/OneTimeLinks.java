package dev.sallyport.console;

import dev.sallyport.identity.Origin;
import dev.sallyport.token.Redemption;

/** Exchanges the code of a link for the first personal access token, once. */
public interface OneTimeLinks {
    Redemption redeem(String code, Origin origin);
}
