package dev.sallyport.key;

import dev.sallyport.identity.OrganizationId;
import dev.sallyport.sql.Transaction;
import java.time.Instant;
import tools.jackson.databind.json.JsonMapper;

/** What the {@code credential_rules} table says of application keys. */
public final class CredentialRuleStore implements ApplicationKeyRule {

    private static final String ALLOWING = "{\"application_key\":{\"creatable\":true}}";

    /** Off for an organization that has set no rules. */
    @Override
    public boolean mayCreate(Transaction transaction, OrganizationId organization) {
        return transaction
                .sql("SELECT document FROM credential_rules WHERE organization_id = ?")
                .with(organization.value())
                .map(row -> row.text("document"))
                .optional()
                .filter(CredentialRuleStore::isAllowing)
                .isPresent();
    }

    private static boolean isAllowing(String document) {
        return JsonMapper.shared()
                .readTree(document)
                .path("application_key")
                .path("creatable")
                .asBoolean(false);
    }

    @Override
    public void allow(Transaction transaction, OrganizationId organization, Instant now) {
        transaction
                .sql("INSERT INTO credential_rules (organization_id, document, modified_at) VALUES (?, ?, ?)")
                .with(organization.value(), ALLOWING, now)
                .update();
    }
}
