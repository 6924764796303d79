package dev.sallyport.key;

import dev.sallyport.http.Request;
import dev.sallyport.identity.Caller;
import dev.sallyport.identity.PrincipalId;
import java.util.Optional;

/** The paths under which application keys are found. */
enum Family {
    CURRENT_USER("/api/v2/current_user/application_keys"),
    SERVICE_ACCOUNT("/api/v2/service_accounts/{service_account_id}/application_keys"),
    ORGANIZATION("/api/v2/application_keys");

    private final String path;

    Family(String path) {
        this.path = path;
    }

    String path() {
        return path;
    }

    String keyPath() {
        return path + "/{app_key_id}";
    }

    /** Empty where the path names nobody. */
    Optional<Sight> sight(Caller caller, Request request) {
        return switch (this) {
            case CURRENT_USER -> Optional.of(new Sight.Own(caller.principal().id()));
            case SERVICE_ACCOUNT ->
                PrincipalId.parse(request.pathParameter("service_account_id")).map(Sight.ServiceAccount::new);
            case ORGANIZATION -> Optional.of(new Sight.Everybody());
        };
    }
}
