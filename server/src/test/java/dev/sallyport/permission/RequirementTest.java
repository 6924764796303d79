package dev.sallyport.permission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class RequirementTest {

    private static final Permissions PERMISSIONS = Permissions.shipped();
    private static final Permission OWN = PERMISSIONS.require("user_app_keys");
    private static final Permission READ = PERMISSIONS.require("org_app_keys_read");
    private static final Permission WRITE = PERMISSIONS.require("org_app_keys_write");

    private static Requirement.Holding holding(Requirement requirement) {
        return (Requirement.Holding) requirement;
    }

    @Test
    void any_of_several_is_met_by_each_of_them() {
        var requirement = holding(Requirement.anyOf(OWN, READ));

        assertThat(requirement.isMetBy(Authority.of(OWN))).isTrue();
        assertThat(requirement.isMetBy(Authority.of(READ, WRITE))).isTrue();
        assertThat(requirement.isMetBy(Authority.of(WRITE))).isFalse();
        assertThat(requirement.isMetBy(Authority.NONE)).isFalse();
    }

    @Test
    void all_of_several_is_met_by_nothing_less() {
        var requirement = holding(Requirement.allOf(OWN, READ));

        assertThat(requirement.isMetBy(Authority.of(OWN, READ))).isTrue();
        assertThat(requirement.isMetBy(Authority.of(OWN, READ, WRITE))).isTrue();
        assertThat(requirement.isMetBy(Authority.of(OWN))).isFalse();
        assertThat(requirement.isMetBy(Authority.of(READ))).isFalse();
    }

    @Test
    void what_is_missing_is_the_least_that_would_do() {
        var requirement = new Requirement.Holding(List.of(Authority.of(OWN, READ), Authority.of(WRITE)));

        assertThat(requirement.missingFrom(Authority.NONE)).isEqualTo(Authority.of(WRITE));
        assertThat(holding(Requirement.allOf(OWN, READ, WRITE)).missingFrom(Authority.of(READ)))
                .isEqualTo(Authority.of(OWN, WRITE));
        assertThat(requirement.missingFrom(Authority.of(OWN, READ))).isEqualTo(Authority.NONE);
    }

    @Test
    void a_requirement_that_everybody_would_meet_is_refused() {
        assertThatThrownBy(Requirement::anyOf).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(Requirement::allOf).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Requirement.Holding(List.of(Authority.of(OWN), Authority.NONE)))
                .hasMessage("alternatives must be one or more, and none of them empty");
    }
}
