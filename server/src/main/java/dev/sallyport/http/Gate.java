package dev.sallyport.http;

import dev.sallyport.identity.Caller;
import java.util.List;
import java.util.function.Consumer;

/** Decides whether a request may reach its route. */
public interface Gate {

    /** Called on the event loop; answers there too, at once or when the decision is on record. */
    void admit(Route route, Exchange exchange, Consumer<Admission> then);

    /**
     * Decides again on a caller that was let in, once a body has come in that was waited for: whoever sends it slowly must not
     * outlive a revocation by that. Called on the event loop.
     */
    Admission again(Route route, Exchange exchange, Caller caller);

    sealed interface Admission {
        /** @param headers what every answer to this request carries beside its own */
        record Admitted(Caller caller, List<Reply.Header> headers) implements Admission {
            public Admitted {
                headers = List.copyOf(headers);
            }

            public Admitted(Caller caller) {
                this(caller, List.of());
            }
        }

        record Refused(Response response) implements Admission {}
    }
}
