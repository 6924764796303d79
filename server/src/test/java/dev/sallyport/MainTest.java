package dev.sallyport;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The exit codes that scripts rely on, through the whole command line. */
class MainTest {

    @Test
    void a_command_without_a_credential_ends_with_3(@TempDir Path folder) {
        assertThat(Main.run("whoami", "--url", "http://127.0.0.1:9", "--data", folder.toString()))
                .isEqualTo(3);
    }

    @Test
    void a_server_that_cannot_start_ends_with_1(@TempDir Path folder) {
        assertThat(Main.run("serve", "--data", folder.toString(), "--port", "70000"))
                .isEqualTo(1);
    }

    @Test
    void a_wrong_command_line_ends_with_2() {
        assertThat(Main.run()).isEqualTo(2);
        assertThat(Main.run("open", "sesame")).isEqualTo(2);
        assertThat(Main.run("init")).isEqualTo(2);
    }
}
