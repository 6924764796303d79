package dev.sallyport.token;

import dev.sallyport.identity.Organization;
import dev.sallyport.identity.Principal;

/** An organization that nobody can manage: none of its active administrators holds a live token, yet or any more. */
public record UnclaimedOrganization(Organization organization, Principal administrator) {}
