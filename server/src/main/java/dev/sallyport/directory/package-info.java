/**
 * Who there is: organizations, their users and service accounts, the roles that those hold, and the invitations by which
 * users come in.
 *
 * <p>Disabling, enabling or removing a user raises the user's epoch, so whatever the user owned ends and never revives. An
 * organization always keeps one active administrator. Nothing of one organization is visible to another: a foreign id reads
 * as one that does not exist. Nobody gives what they do not hold, nor acts on whom they do not outrank; that is decided in
 * the transaction, never before it.
 */
@NullMarked
package dev.sallyport.directory;

import org.jspecify.annotations.NullMarked;
