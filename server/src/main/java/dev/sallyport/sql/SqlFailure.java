package dev.sallyport.sql;

/** The database did not do what was asked: out of reach, out of time, or out of room. The caller answers 503. */
public final class SqlFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public SqlFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
