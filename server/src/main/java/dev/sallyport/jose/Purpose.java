package dev.sallyport.jose;

/** What a key signs. A key of one purpose never signs for another. */
public enum Purpose {
    /** The short-lived assertion of who called, sent to the API behind a door. */
    IDENTITY("identity");

    private final String code;

    Purpose(String code) {
        this.code = code;
    }

    /** Its name in storage. */
    String code() {
        return code;
    }

    static Purpose ofCode(String code) {
        for (var purpose : values()) {
            if (purpose.code.equals(code)) {
                return purpose;
            }
        }
        throw new IllegalArgumentException("no such purpose: " + code);
    }
}
