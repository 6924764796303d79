package dev.sallyport.key;

import dev.sallyport.credential.StoredCredential;

/** An API key with what only API keys have. */
record ApiKey(StoredCredential credential, String category, boolean isRemoteConfigReadEnabled) {

    static final String USUAL_CATEGORY = "default";
}
