package dev.sallyport.console;

import dev.sallyport.identity.Origin;
import dev.sallyport.token.Redemption;

/** Exchanges the code of a setup link for the first personal access token, once. */
public interface SetupLinks {
    Redemption redeem(String code, Origin origin);
}
