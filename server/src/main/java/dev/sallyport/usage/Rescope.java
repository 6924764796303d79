package dev.sallyport.usage;

import dev.sallyport.credential.StoredCredential;
import dev.sallyport.http.Problem;
import dev.sallyport.identity.Caller;
import java.util.List;
import java.util.Optional;

/** Edits the scopes of a credential as the routes of its kind do, under their rules. */
public interface Rescope {

    /**
     * Empty when it is done.
     *
     * @param credential as it was when the scopes were chosen: if its scopes are others by now, nothing is done
     */
    Optional<Problem> rescope(Caller caller, StoredCredential credential, List<String> scopes);
}
