/**
 * Who there is: organizations, their users, and the managed roles that users hold.
 *
 * <p>Disabling, enabling or removing a user raises the user's epoch, so whatever the user owned ends and never revives. An
 * organization always keeps one active administrator. Nothing of one organization is visible to another: a foreign id reads
 * as one that does not exist. Custom roles, service accounts and routes that write come later.
 */
@NullMarked
package dev.sallyport.directory;

import org.jspecify.annotations.NullMarked;
