package dev.sallyport.secret;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LeakedTextTest {

    private static final SecureRandom SECURE = new SecureRandom();
    private static final UUID ID = UUID.fromString("da1bd5f8-847b-4aec-a33d-11b04ebde244");

    private static String minted(CredentialForm form, String brand) {
        return switch (form) {
            case PERSONAL_ACCESS_TOKEN, SERVICE_ACCESS_TOKEN ->
                TokenText.mint(form.prefix(brand), ID, SECURE).reveal();
            case APPLICATION_KEY -> KeyText.mint(form.prefix(brand), SECURE).reveal();
            case API_KEY -> ApiKeyText.mint(SECURE).reveal();
        };
    }

    @ParameterizedTest
    @EnumSource
    void what_is_minted_matches_what_is_published(CredentialForm form) {
        for (var i = 0; i < 200; i++) {
            var text = minted(form, "acme");

            assertThat(text).matches(Pattern.compile(form.regex("acme")));
            var found = requireNonNull(LeakedText.recognise("acme", text));
            assertThat(found.form()).isEqualTo(form);
            assertThat(found.isGenuine()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void an_example_is_of_its_form(CredentialForm form) {
        var example = form.example("dd");

        assertThat(example).matches(form.regex("dd"));
        assertThat(requireNonNull(LeakedText.recognise("dd", example)).form()).isEqualTo(form);
    }

    @Test
    void the_forms_are_those_of_the_wire() {
        assertThat(CredentialForm.PERSONAL_ACCESS_TOKEN.regex("dd")).isEqualTo("ddpat_[0-9A-Za-z]{22}_[0-9A-Za-z]{36}");
        assertThat(CredentialForm.SERVICE_ACCESS_TOKEN.regex("dd")).isEqualTo("ddsat_[0-9A-Za-z]{22}_[0-9A-Za-z]{36}");
        assertThat(CredentialForm.APPLICATION_KEY.regex("dd")).isEqualTo("ddapp_[0-9A-Za-z]{34}");
        assertThat(CredentialForm.API_KEY.regex("dd")).isEqualTo("[0-9a-f]{32}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "ddpat_", "ghp_0123456789", "ddpat_0000000000000000000000_"})
    void anything_else_is_not_ours(String text) {
        assertThat(LeakedText.recognise("dd", text)).isNull();
    }

    @Test
    void the_prefix_of_one_form_before_another_is_not_ours() {
        assertThat(LeakedText.recognise(
                        "dd", TokenText.mint("ddapp", ID, SECURE).reveal()))
                .isNull();
        assertThat(LeakedText.recognise("dd", KeyText.mint("ddpat", SECURE).reveal()))
                .isNull();
        assertThat(LeakedText.recognise("dd", KeyText.mint("xxapp", SECURE).reveal()))
                .isNull();
    }

    @ParameterizedTest
    @EnumSource
    void what_is_shown_holds_no_secret(CredentialForm form) {
        var text = minted(form, "dd");
        var found = requireNonNull(LeakedText.recognise("dd", text));

        var shown = found.shown();

        assertThat(found.toString()).isEqualTo("LeakedText(" + shown + ")");
        switch (form) {
            case PERSONAL_ACCESS_TOKEN -> assertThat(shown).isEqualTo("ddpat_6dZ2zcpumTdlnHIgx2SlHA_…");
            case SERVICE_ACCESS_TOKEN -> assertThat(shown).isEqualTo("ddsat_6dZ2zcpumTdlnHIgx2SlHA_…");
            case APPLICATION_KEY -> assertThat(shown).isEqualTo("ddapp_…" + text.substring(36));
            case API_KEY -> assertThat(shown).isEqualTo("…" + text.substring(28));
        }
    }
}
