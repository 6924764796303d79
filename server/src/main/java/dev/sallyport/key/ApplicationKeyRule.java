package dev.sallyport.key;

import dev.sallyport.identity.OrganizationId;
import dev.sallyport.sql.Transaction;
import java.time.Instant;

/** Whether an organization wants new application keys. Those that are there go on working. */
public interface ApplicationKeyRule {

    boolean mayCreate(Transaction transaction, OrganizationId organization);

    /** For a new organization that asked for them. */
    void allow(Transaction transaction, OrganizationId organization, Instant now);
}
