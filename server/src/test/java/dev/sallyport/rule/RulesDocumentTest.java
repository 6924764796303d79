package dev.sallyport.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.http.AddressRanges;
import dev.sallyport.identity.CredentialKind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RulesDocumentTest {

    @Test
    void rules_read_as_they_were_written() {
        var rules = new CredentialRules(
                        List.of("192.0.2.0/24"),
                        Map.of(
                                CredentialKind.APPLICATION_KEY,
                                new KindRules(
                                        true,
                                        90,
                                        30,
                                        List.of("9d2b0c5e-3a73-4a94-8f2f-0a2f0a1d7c11"),
                                        List.of("monitors_write"),
                                        false,
                                        14)))
                .with(CredentialKind.PERSONAL_ACCESS_TOKEN, KindRules.standard(CredentialKind.PERSONAL_ACCESS_TOKEN))
                .with(CredentialKind.SERVICE_ACCESS_TOKEN, KindRules.standard(CredentialKind.SERVICE_ACCESS_TOKEN))
                .with(CredentialKind.API_KEY, KindRules.standard(CredentialKind.API_KEY));

        assertThat(RulesDocument.read(RulesDocument.write(rules))).isEqualTo(rules);
    }

    @Test
    void before_anything_is_set_only_application_keys_are_not_created() {
        var rules = RulesDocument.read("{}");

        assertThat(CredentialRules.KINDS)
                .filteredOn(kind -> !rules.of(kind).isCreatable())
                .containsExactly(CredentialKind.APPLICATION_KEY);
        assertThat(rules.addresses()).isEmpty();
    }

    @Test
    void what_a_newer_version_wrote_is_passed_over() {
        var rules = RulesDocument.read("""
                {"addresses":["192.0.2.0/24","country:CH"],"passkey":{"creatable":false},
                 "api_key":{"creatable":false,"colour":"red","longest_life_days":"a while","unused_days":30}}
                """);

        assertThat(rules.addresses()).containsExactly("192.0.2.0/24");
        assertThat(rules.of(CredentialKind.API_KEY).isCreatable()).isFalse();
        assertThat(rules.of(CredentialKind.API_KEY).longestLifeDays()).isNull();
        assertThat(rules.of(CredentialKind.API_KEY).unusedDays()).isEqualTo(30);
    }

    @Test
    void addresses_that_nobody_understands_do_not_open_the_organization() {
        var ranges = AddressRanges.ofStored(
                RulesDocument.read("{\"addresses\":[\"country:CH\"]}").addresses());

        assertThat(ranges.contain("192.0.2.1")).isFalse();
        assertThat(ranges.contain("2001:db8::1")).isFalse();
    }
}
