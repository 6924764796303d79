package dev.sallyport.token;

import dev.sallyport.credential.StoredCredential;
import dev.sallyport.secret.Secret;

/** A token that was just issued: the only place where its text can be read. */
public record IssuedToken(StoredCredential token, Secret secret) {}
