package dev.sallyport.key;

import dev.sallyport.credential.StoredCredential;
import dev.sallyport.secret.Secret;

/** A key that was just created: the only place where its text can be read. */
public record IssuedKey(StoredCredential key, Secret secret) {}
