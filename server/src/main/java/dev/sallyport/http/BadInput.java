package dev.sallyport.http;

/** Thrown while a request is parsed, where the answer does not depend on anything but the request. */
public final class BadInput extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    public BadInput(Problem problem) {
        super(problem.code(), null, false, false);
        this.problem = problem;
    }

    public BadInput(String code, String detail) {
        this(Problem.badRequest(code, detail));
    }

    public Problem problem() {
        return problem;
    }
}
