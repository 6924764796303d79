package dev.sallyport.cli;

import dev.sallyport.secret.LeakedText;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A credential where it must not be.
 *
 * @param path empty in the message of a commit
 * @param line counted from 1
 * @param commit the first one that has it; empty in a file that is there now
 */
record Finding(String path, long line, String commit, LeakedText leaked) {

    /** @param lives null where the server was not asked */
    String line(@Nullable Boolean lives) {
        var place = path.isEmpty() ? "commit " + commit + ", line " + line + " of the commit" : path + ":" + line;
        var since = commit.isEmpty() || path.isEmpty() ? "" : ", since commit " + commit;
        return place + ": " + leaked.form().code() + " " + leaked.shown() + since + (lives == null ? "" : life(lives));
    }

    private static String life(boolean lives) {
        return lives ? ", lives" : ", does not live";
    }

    Map<String, Object> json(@Nullable Boolean lives) {
        var json = new LinkedHashMap<String, Object>();
        json.put("path", path);
        json.put("line", line);
        if (!commit.isEmpty()) {
            json.put("commit", commit);
        }
        json.put("kind", leaked.form().code());
        json.put("shown", leaked.shown());
        json.put("well_formed", leaked.isGenuine());
        if (lives != null) {
            json.put("lives", lives);
        }
        return json;
    }
}
