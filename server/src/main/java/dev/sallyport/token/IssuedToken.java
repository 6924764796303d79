package dev.sallyport.token;

import dev.sallyport.secret.Secret;

/** A token that was just issued: the only place where its text can be read. */
public record IssuedToken(Token token, Secret secret) {}
