package dev.sallyport.permission;

import java.util.Arrays;
import java.util.Collection;
import java.util.function.IntConsumer;

/**
 * An immutable set of permissions, one bit each.
 *
 * <p>The bits are those of one {@link Permissions}; an authority never leaves the process that made it. What is stored
 * and sent are names.
 */
public final class Authority {

    public static final Authority NONE = new Authority(new long[0]);

    /** No trailing zero words, so that equal sets have equal arrays. */
    private final long[] words;

    private Authority(long[] words) {
        this.words = words;
    }

    public static Authority of(Permission... permissions) {
        return of(Arrays.asList(permissions));
    }

    public static Authority of(Collection<Permission> permissions) {
        var highest = -1;
        for (var permission : permissions) {
            highest = Math.max(highest, permission.index());
        }
        var words = new long[(highest >> 6) + 1];
        for (var permission : permissions) {
            words[permission.index() >> 6] |= 1L << permission.index();
        }
        return new Authority(words);
    }

    public boolean holds(Permission permission) {
        var word = permission.index() >> 6;
        return word < words.length && (words[word] & 1L << permission.index()) != 0;
    }

    /** Whether everything in {@code wanted} is in this set. */
    public boolean includes(Authority wanted) {
        if (wanted.words.length > words.length) {
            return false;
        }
        for (var i = 0; i < wanted.words.length; i++) {
            if ((wanted.words[i] & ~words[i]) != 0) {
                return false;
            }
        }
        return true;
    }

    public Authority intersect(Authority other) {
        var result = new long[Math.min(words.length, other.words.length)];
        for (var i = 0; i < result.length; i++) {
            result[i] = words[i] & other.words[i];
        }
        return trimmed(result);
    }

    public Authority union(Authority other) {
        var result = Arrays.copyOf(words, Math.max(words.length, other.words.length));
        for (var i = 0; i < other.words.length; i++) {
            result[i] |= other.words[i];
        }
        return trimmed(result);
    }

    public Authority minus(Authority other) {
        var result = words.clone();
        for (var i = 0; i < Math.min(words.length, other.words.length); i++) {
            result[i] &= ~other.words[i];
        }
        return trimmed(result);
    }

    public boolean isEmpty() {
        return words.length == 0;
    }

    public int size() {
        var size = 0;
        for (var word : words) {
            size += Long.bitCount(word);
        }
        return size;
    }

    void forEachIndex(IntConsumer action) {
        for (var i = 0; i < words.length; i++) {
            for (var rest = words[i]; rest != 0; rest &= rest - 1) {
                action.accept((i << 6) + Long.numberOfTrailingZeros(rest));
            }
        }
    }

    private static Authority trimmed(long[] words) {
        var length = words.length;
        while (length > 0 && words[length - 1] == 0) {
            length--;
        }
        if (length == 0) {
            return NONE;
        }
        return new Authority(length == words.length ? words : Arrays.copyOf(words, length));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Authority that && Arrays.equals(words, that.words);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(words);
    }

    @Override
    public String toString() {
        return "Authority(" + size() + " permissions)";
    }
}
