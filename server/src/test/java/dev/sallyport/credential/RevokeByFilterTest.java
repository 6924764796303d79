package dev.sallyport.credential;

import static dev.sallyport.credential.TestInventory.code;
import static dev.sallyport.credential.TestInventory.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.identity.CredentialKind;
import dev.sallyport.sql.TestDatabase;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RevokeByFilterTest {

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void nothing_ends_unless_it_is_said_that_this_is_no_rehearsal(TestDatabase kind) {
        try (var test = TestInventory.on(kind)) {
            var caller = test.caller(KindReach.WRITING);
            var id = test.token().stored();
            var filter = "\"filter\":{\"owner\":\"" + test.alice.id() + "\"}";

            var rehearsed = json(test.revoke(caller, "{" + filter + "}"));
            var isLiveThen = test.isLive(id);
            var done = json(test.revoke(caller, "{" + filter + ",\"dry_run\":false,\"expect\":1,\"reason\":\"left\"}"));

            assertThat(isLiveThen).isTrue();
            assertThat(rehearsed.get("dry_run").booleanValue()).isTrue();
            assertThat(rehearsed.get("count").intValue()).isEqualTo(1);
            assertThat(rehearsed.get("revocations").isEmpty()).isTrue();
            assertThat(test.isLive(id)).isFalse();
            assertThat(done.get("dry_run").booleanValue()).isFalse();
            assertThat(done.get("complete").booleanValue()).isTrue();
            assertThat(done.at("/kinds/personal_access_token").intValue()).isEqualTo(1);
            assertThat(done.at("/sample/0/id").stringValue()).isEqualTo(id.toString());
            assertThat(done.get("revocations")).hasSize(1);
            assertThat(test.trail().getLast().record())
                    .contains("left", caller.credential().id().toString());
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void what_differs_from_what_was_expected_stays(TestDatabase kind) {
        try (var test = TestInventory.on(kind)) {
            var caller = test.caller(KindReach.WRITING);
            var ids = List.of(test.token().stored(), test.token().stored());

            var response = test.revoke(caller, "{\"filter\":{\"all\":true},\"dry_run\":false,\"expect\":1}");

            assertThat(code(response)).isEqualTo("not_as_expected");
            assertThat(test.live(ids)).isEqualTo(ids);
            assertThat(test.trail()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void the_credential_of_the_request_is_spared_unless_it_is_included(TestDatabase kind) {
        try (var test = TestInventory.on(kind)) {
            var caller = test.caller(KindReach.WRITING);
            var own = caller.credential().id();
            var other = test.token().stored();

            var without = json(test.revoke(caller, "{\"filter\":{\"all\":true},\"dry_run\":false}"));
            var wasSpared = test.isLive(own);
            var with = json(test.revoke(caller, "{\"filter\":{\"all\":true},\"dry_run\":false,\"include_own\":true}"));

            assertThat(without.get("count").intValue()).isEqualTo(1);
            assertThat(test.isLive(other)).isFalse();
            assertThat(wasSpared).isTrue();
            assertThat(with.get("count").intValue()).isEqualTo(1);
            assertThat(test.isLive(own)).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_rehearsal_counts_descendants_as_the_act_does(TestDatabase kind) {
        try (var test = TestInventory.on(kind)) {
            var caller = test.caller(KindReach.WRITING);
            var root = test.token()
                    .named("leaked")
                    .mintedBy(caller.credential().id())
                    .stored();
            var child = test.token().mintedBy(root).stored();
            var key = test.token().of(CredentialKind.API_KEY).mintedBy(child).stored();
            var leaf = test.token().mintedBy(key).stored();
            var filter = "{\"filter\":{\"name\":\"leaked\"},\"with_descendants\":true";

            var rehearsed = json(test.revoke(caller, filter + "}"));
            var done = json(test.revoke(caller, filter + ",\"dry_run\":false,\"expect\":3}"));

            assertThat(rehearsed.get("count").intValue()).isEqualTo(3);
            assertThat(done.get("count").intValue()).isEqualTo(3);
            assertThat(test.live(List.of(root, child, key, leaf))).containsExactly(key);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void nobody_ends_a_kind_that_they_may_not_end(TestDatabase kind) {
        try (var test = TestInventory.on(kind)) {
            var caller = test.caller(KindReach.WRITING);
            var key = test.token().of(CredentialKind.API_KEY).stored();

            var named = test.revoke(caller, "{\"filter\":{\"kind\":[\"api_key\"]},\"dry_run\":false}");
            test.revoke(caller, "{\"filter\":{\"all\":true},\"dry_run\":false}");
            var isLiveAfterwards = test.isLive(key);
            test.revoke(
                    test.caller(KindReach.WRITING, KindReach.DELETING_KEYS),
                    "{\"filter\":{\"kind\":[\"api_key\"]},\"dry_run\":false}");

            assertThat(code(named)).isEqualTo("kind_out_of_reach");
            assertThat(isLiveAfterwards).isTrue();
            assertThat(test.isLive(key)).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void everything_is_asked_for_in_so_many_words(TestDatabase kind) {
        try (var test = TestInventory.on(kind)) {
            var caller = test.caller(KindReach.WRITING);
            var id = test.token().stored();

            assertThat(code(test.revoke(caller, "{\"dry_run\":false}"))).isEqualTo("missing_member");
            for (var filter :
                    List.of("{}", "{\"all\":false}", "{\"kind\":[]}", "{\"all\":true,\"expires\":\"never\"}")) {
                assertThat(code(test.revoke(caller, "{\"dry_run\":false,\"filter\":" + filter + "}")))
                        .as(filter)
                        .isEqualTo("empty_filter");
            }
            assertThat(test.isLive(id)).isTrue();
        }
    }
}
