package dev.sallyport.leak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.leak.GithubKeys.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GithubKeysTest {

    /** Such a clock may start anywhere, also just before it wraps around. */
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000);

    private final FakeGithub github = new FakeGithub();
    private final GithubKeys keys = keys(github);

    private GithubKeys keys(KeySource source) {
        return new GithubKeys(source, LeakSettings.GITHUB_KEYS, nanos::get);
    }

    private void passes(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @Test
    void a_key_is_fetched_once_and_kept() {
        for (var i = 0; i < 10; i++) {
            assertThat(keys.key("own")).isInstanceOf(Answer.Found.class);
            passes(Duration.ofMinutes(5));
        }

        assertThat(github.fetches).hasValue(1);
    }

    @Test
    void an_unknown_identifier_has_the_list_fetched_once_a_minute() {
        for (var i = 0; i < 50; i++) {
            assertThat(keys.key("stranger" + i)).isInstanceOf(Answer.Unknown.class);
        }
        assertThat(github.fetches).hasValue(1);

        passes(Duration.ofMinutes(1));
        github.publish("new", FakeGithub.pair("secp256r1").getPublic());

        assertThat(keys.key("new")).isInstanceOf(Answer.Found.class);
        assertThat(github.fetches).hasValue(2);
    }

    @Test
    void a_withdrawn_key_is_gone_within_the_hour() {
        assertThat(keys.key("own")).isInstanceOf(Answer.Found.class);
        github.withdraw("own");

        passes(Duration.ofHours(1));

        assertThat(keys.key("own")).isInstanceOf(Answer.Unknown.class);
    }

    @Test
    void nothing_is_known_while_github_cannot_be_reached() {
        github.isDown = true;

        assertThat(keys.key("own")).isInstanceOf(Answer.Unreachable.class);
        assertThat(keys.key("own")).isInstanceOf(Answer.Unreachable.class);

        assertThat(github.fetches).hasValue(1);
    }

    @Test
    void kept_keys_serve_for_a_day_while_github_cannot_be_reached() {
        assertThat(keys.key("own")).isInstanceOf(Answer.Found.class);
        github.isDown = true;

        passes(Duration.ofHours(23));
        assertThat(keys.key("own")).isInstanceOf(Answer.Found.class);
        assertThat(keys.key("other")).isInstanceOf(Answer.Unreachable.class);

        passes(Duration.ofHours(1));
        assertThat(keys.key("own")).isInstanceOf(Answer.Unreachable.class);
    }

    @Test
    void while_one_fetches_the_others_do_not_wait() throws Exception {
        var isFetching = new CountDownLatch(1);
        var mayGoOn = new CountDownLatch(1);
        var slow = keys((address, most) -> {
            isFetching.countDown();
            await(mayGoOn);
            return github.fetch(address, most);
        });
        var first = CompletableFuture.supplyAsync(() -> slow.key("own"));
        await(isFetching);

        var second = slow.key("own");

        mayGoOn.countDown();
        assertThat(second).isInstanceOf(Answer.Unreachable.class);
        assertThat(first.get(10, TimeUnit.SECONDS)).isInstanceOf(Answer.Found.class);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void a_key_of_another_curve_is_passed_over() {
        github.publish("larger", FakeGithub.pair("secp384r1").getPublic());

        assertThat(keys.key("larger")).isInstanceOf(Answer.Unknown.class);
        assertThat(keys.key("own")).isInstanceOf(Answer.Found.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{\"public_keys\":7}",
                "{\"public_keys\":[7,null,{}]}",
                "{\"public_keys\":[{\"key_identifier\":\"a\",\"key\":\"%%\"}]}",
                "<html>"
            })
    void what_is_no_list_of_keys_is_refused(String document) {
        assertThatThrownBy(() -> GithubKeyList.parse(document.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IOException.class);
    }
}
