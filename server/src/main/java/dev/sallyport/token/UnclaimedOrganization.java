package dev.sallyport.token;

import dev.sallyport.identity.Organization;
import dev.sallyport.identity.User;

/** An organization that nobody can manage yet: its administrator has redeemed no setup link and never had a token. */
public record UnclaimedOrganization(Organization organization, User administrator) {}
