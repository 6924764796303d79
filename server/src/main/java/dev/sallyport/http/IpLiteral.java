package dev.sallyport.http;

/** Addresses written as numbers. Names are never looked up. */
final class IpLiteral {

    private static final int LONGEST = 45;
    private static final int GROUPS = 8;

    private IpLiteral() {}

    /** Dotted decimal of four parts without leading zeros, or RFC 4291 §2.2 without a zone. */
    static boolean matches(String text) {
        if (text.isEmpty() || text.length() > LONGEST) {
            return false;
        }
        return text.indexOf(':') < 0 ? isVersion4(text) : isVersion6(text);
    }

    private static boolean isVersion4(String text) {
        var parts = text.split("\\.", -1);
        if (parts.length != 4) {
            return false;
        }
        for (var part : parts) {
            if (!isDecimalByte(part)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isDecimalByte(String part) {
        if (part.isEmpty() || part.length() > 3 || (part.length() > 1 && part.charAt(0) == '0')) {
            return false;
        }
        var number = 0;
        for (var i = 0; i < part.length(); i++) {
            var digit = part.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return false;
            }
            number = number * 10 + digit;
        }
        return number <= 255;
    }

    private static boolean isVersion6(String text) {
        var gap = text.indexOf("::");
        if (gap < 0) {
            return groups(text, true) == GROUPS;
        }
        var before = gap == 0 ? 0 : groups(text.substring(0, gap), false);
        var after = gap + 2 == text.length() ? 0 : groups(text.substring(gap + 2), true);
        return before >= 0 && after >= 0 && before + after < GROUPS;
    }

    /** How many groups of 16 bits the text holds; -1 if it is not made of such. */
    private static int groups(String text, boolean mayEndInVersion4) {
        var parts = text.split(":", -1);
        var count = 0;
        for (var i = 0; i < parts.length; i++) {
            if (isHexGroup(parts[i])) {
                count++;
            } else if (mayEndInVersion4 && i == parts.length - 1 && isVersion4(parts[i])) {
                count += 2;
            } else {
                return -1;
            }
        }
        return count;
    }

    private static boolean isHexGroup(String part) {
        if (part.isEmpty() || part.length() > 4) {
            return false;
        }
        for (var i = 0; i < part.length(); i++) {
            if (Percent.hexDigit(part.charAt(i)) < 0) {
                return false;
            }
        }
        return true;
    }
}
