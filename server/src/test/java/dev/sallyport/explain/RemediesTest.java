package dev.sallyport.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.Golden;
import dev.sallyport.audit.Need;
import dev.sallyport.audit.PastDecision;
import dev.sallyport.decision.Reason;
import dev.sallyport.identity.CredentialKind;
import dev.sallyport.permission.Permissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

class RemediesTest {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    private static final String TOKEN = "11111111-1111-4111-8111-111111111111";
    private static final String ALICE = "22222222-2222-4222-8222-222222222222";
    private static final Roles ROLES = wanted ->
            List.of(new Roles.Role("33333333-3333-4333-8333-333333333333", "holds " + String.join(" and ", wanted)));
    private static final Roles NONE = _ -> List.of();

    private final Remedies remedies = new Remedies(ROLES, Permissions.shipped());

    private static Refusal refusal(Reason reason, CredentialKind kind, boolean isService) {
        return new Refusal(
                reason,
                TOKEN,
                kind,
                ALICE,
                "alice@example.com",
                isService,
                true,
                List.of("monitors_read"),
                "billing",
                "CreateInvoice",
                List.of("invoices_read"),
                List.of("invoices_write"),
                "192.0.2.7",
                List.of("10.0.0.0/8"),
                List.of());
    }

    @ParameterizedTest
    @EnumSource(Reason.class)
    void every_reason_has_an_explanation_that_was_read(Reason reason) {
        var need = new Need(
                List.of(List.of("invoices_read", "invoices_write"), List.of("org_management")),
                List.of("invoices_read"),
                List.of("invoices_write"));
        var past = new PastDecision(
                "dec_0000000100000001000000000000000a",
                1_795_435_200_000_000L,
                ALICE,
                "alice@example.com",
                TOKEN,
                "personal_access_token",
                "laptop",
                "",
                Long.MAX_VALUE,
                List.of("monitors_read"),
                "billing",
                "CreateInvoice",
                "POST",
                "/invoices",
                false,
                reason.code(),
                7,
                "192.0.2.7",
                "",
                reason == Reason.SCOPE_MISSING || reason == Reason.PERMISSION_MISSING ? need : null);

        var edits = remedies.of(refusal(reason, CredentialKind.PERSONAL_ACCESS_TOKEN, false));
        var explanation = Explanation.of(past, null, edits);

        assertThat(edits).isNotEmpty();
        Golden.assertMatches(
                "explain/" + reason.code() + ".json", JSON.writeValueAsString(new Sorted(explanation).json()) + "\n");
    }

    /** Maps without an order of their own, in one. */
    private record Sorted(Explanation explanation) {
        Object json() {
            return JsonMapper.builder()
                    .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                    .build()
                    .readTree(JsonMapper.builder()
                            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                            .build()
                            .writeValueAsString(explanation));
        }
    }

    @Test
    void a_scope_is_added_where_its_kind_of_credential_is_edited() {
        var token = remedies.of(refusal(Reason.SCOPE_MISSING, CredentialKind.SERVICE_ACCESS_TOKEN, true));
        var key = remedies.of(refusal(Reason.SCOPE_MISSING, CredentialKind.APPLICATION_KEY, true));
        var own = remedies.of(refusal(Reason.SCOPE_MISSING, CredentialKind.APPLICATION_KEY, false));

        assertThat(path(token)).isEqualTo("/api/v2/service_accounts/" + ALICE + "/access_tokens/" + TOKEN);
        assertThat(path(key)).isEqualTo("/api/v2/service_accounts/" + ALICE + "/application_keys/" + TOKEN);
        assertThat(path(own)).isEqualTo("/api/v2/current_user/application_keys/" + TOKEN);
        assertThat(token.getFirst().steps().getFirst().by().permission()).isEqualTo("service_account_write");
    }

    private static String path(List<Edit> edits) {
        var request = edits.getFirst().steps().getFirst().request();
        return request == null ? "" : request.path();
    }

    @Test
    void a_permission_that_no_role_holds_is_said_to_be_in_none() {
        var edits = new Remedies(NONE, Permissions.shipped())
                .of(refusal(Reason.PERMISSION_MISSING, CredentialKind.PERSONAL_ACCESS_TOKEN, false));

        assertThat(edits).hasSize(1);
        assertThat(edits.getFirst().steps().getFirst().says()).contains("none does yet");
        assertThat(edits.getFirst().steps()).hasSize(2);
    }

    @Test
    void a_shipped_api_cannot_be_declared_anew() {
        var shipped = new Refusal(
                Reason.UNDECLARED_OPERATION,
                TOKEN,
                CredentialKind.PERSONAL_ACCESS_TOKEN,
                ALICE,
                "alice@example.com",
                false,
                true,
                List.of(),
                "datadog",
                "X",
                List.of(),
                List.of(),
                "192.0.2.7",
                List.of(),
                List.of());

        assertThat(remedies.of(shipped).toString()).contains("api show datadog").doesNotContain("import");
    }
}
