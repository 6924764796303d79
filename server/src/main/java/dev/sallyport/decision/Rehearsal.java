package dev.sallyport.decision;

import dev.sallyport.authentication.Authentication;
import dev.sallyport.authentication.Authenticator;
import dev.sallyport.catalogue.Operation;
import dev.sallyport.catalogue.ProtectedApi;
import dev.sallyport.identity.CredentialId;
import dev.sallyport.identity.OrganizationId;
import dev.sallyport.permission.Authority;
import dev.sallyport.sql.Micros;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What would be decided of one credential with the scopes that it has, or with others. It goes through the one decision function,
 * as if the node were fresh and the call came from where it may come from. Nothing is recorded, so nothing may be let in by it.
 */
public final class Rehearsal {

    private final Authentication.Accepted subject;

    private Rehearsal(Authentication.Accepted subject) {
        this.subject = subject;
    }

    /** Rehearses with every credential that this node knows. */
    public static final class Stage {

        private final Authenticator authenticator;
        private final InstantSource clock;

        Stage(Authenticator authenticator, InstantSource clock) {
            this.authenticator = authenticator;
            this.clock = clock;
        }

        /**
         * Empty for a credential that is not live, or of another organization.
         *
         * @param scopes null for those that it has
         */
        public Optional<Rehearsal> of(OrganizationId organization, CredentialId id, @Nullable Authority scopes) {
            var found = authenticator.rescoped(organization, id, scopes, Micros.of(clock.instant()));
            return found instanceof Authentication.Accepted accepted
                    ? Optional.of(new Rehearsal(accepted))
                    : Optional.empty();
        }
    }

    /** What it may do now. */
    public Authority authority() {
        return subject.caller().authority();
    }

    /** What it carries, whether or not its owner holds that now. */
    public Authority carried() {
        return subject.caller().credential().scopes();
    }

    public Decision decide(ProtectedApi api, Operation operation) {
        return Decider.decide(new Question(api, new Question.Target.Known(operation), subject, true));
    }
}
