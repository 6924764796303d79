package dev.sallyport.explain;

import java.util.List;

/** The roles of one organization, narrowest first. */
interface Roles {

    record Role(String id, String name) {}

    /** Those that hold all of these permissions. */
    List<Role> holding(List<String> permissions);
}
