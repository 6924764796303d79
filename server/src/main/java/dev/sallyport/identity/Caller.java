package dev.sallyport.identity;

import dev.sallyport.permission.Authority;

/**
 * The principal of one request, with what it may do now.
 *
 * @param authority what it holds now, narrowed to the scopes of the credential
 * @param origin where the request came from
 */
public record Caller(
        Organization organization, Principal principal, Credential credential, Authority authority, Origin origin) {}
