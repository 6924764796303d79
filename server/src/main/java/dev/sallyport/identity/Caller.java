package dev.sallyport.identity;

import dev.sallyport.permission.Authority;

/**
 * The principal of one request, with what it may do now.
 *
 * @param authority what the user holds now, narrowed to the scopes of the credential
 * @param origin where the request came from
 */
public record Caller(Organization organization, User user, Credential credential, Authority authority, Origin origin) {}
