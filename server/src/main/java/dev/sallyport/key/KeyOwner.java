package dev.sallyport.key;

import dev.sallyport.identity.PrincipalId;

/** What keys need to know of whoever owns or made them. */
record KeyOwner(PrincipalId id, boolean isServiceAccount, boolean isActive, int epoch, String name, String email) {}
