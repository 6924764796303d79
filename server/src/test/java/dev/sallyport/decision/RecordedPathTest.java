package dev.sallyport.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.catalogue.Operation;
import dev.sallyport.catalogue.ProtectedApi;
import dev.sallyport.permission.Accepts;
import dev.sallyport.permission.Requirement;
import dev.sallyport.secret.TokenText;
import java.security.SecureRandom;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RecordedPathTest {

    private static String recorded(String api, String template, String path) {
        var operation = new Operation("It", "GET", template, Requirement.SIGNED_IN, Accepts.TOKENS_AND_KEYS);
        return RecordedPath.of(new Judge.Call(null, api, new Question.Target.Known(operation), "GET", path, ""));
    }

    @Test
    void a_resource_is_recorded_as_it_was_called() {
        var path = "/api/v2/users/da1bd5f8-847b-4aec-a33d-11b04ebde244/permissions/and/more";

        assertThat(recorded(ProtectedApi.DATADOG, "/api/v2/users/{user_id}/permissions/and/more", path))
                .isEqualTo(path);
        assertThat(recorded("shop", "/objects/{key}", "/objects/hat")).isEqualTo("/objects/hat");
    }

    @Test
    void a_key_in_the_path_of_a_legacy_operation_is_not_recorded() {
        assertThat(recorded(
                        ProtectedApi.DATADOG,
                        "/api/v1/api_key/{key}",
                        "/api/v1/api_key/0123456789abcdef0123456789abcdef"))
                .isEqualTo("/api/v1/api_key/{key}");
        assertThat(recorded("shop", "/invitations/{token}/accept", "/invitations/s3cret/accept"))
                .isEqualTo("/invitations/{token}/accept");
    }

    @Test
    void of_a_token_in_a_path_its_public_portion_is_recorded() {
        var id = UUID.fromString("da1bd5f8-847b-4aec-a33d-11b04ebde244");
        var token = TokenText.mint("ddpat", id, new SecureRandom()).reveal();
        var unknown = new Judge.Call(
                null, "", new Question.Target.Refused(Reason.UNKNOWN_OPERATION), "GET", "/nowhere/" + token + "/x", "");

        assertThat(RecordedPath.of(unknown)).isEqualTo("/nowhere/ddpat_6dZ2zcpumTdlnHIgx2SlHA/x");
        assertThat(recorded(ProtectedApi.DATADOG, "/api/v2/users/{user_id}", "/api/v2/users/" + token))
                .isEqualTo("/api/v2/users/ddpat_6dZ2zcpumTdlnHIgx2SlHA");
    }
}
