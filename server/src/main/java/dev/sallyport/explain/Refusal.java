package dev.sallyport.explain;

import dev.sallyport.decision.Reason;
import dev.sallyport.identity.CredentialKind;
import java.util.List;

/**
 * What remedies depend on. Texts that do not apply are empty.
 *
 * @param owner the id of the credential's owner
 * @param isService whether that is a service account
 * @param isScoped false where the credential may do whatever its owner may
 * @param scopes of the credential, by name
 * @param held what of the requirement the owner held
 * @param missing what the call lacked
 * @param address where it came from
 * @param addresses the ranges that the credential is bound to; none for anywhere
 * @param ofOrganization those that its organization is bound to; none for anywhere
 */
record Refusal(
        Reason reason,
        String credential,
        CredentialKind kind,
        String owner,
        String email,
        boolean isService,
        boolean isScoped,
        List<String> scopes,
        String api,
        String operation,
        List<String> held,
        List<String> missing,
        String address,
        List<String> addresses,
        List<String> ofOrganization) {

    Refusal {
        scopes = List.copyOf(scopes);
        held = List.copyOf(held);
        missing = List.copyOf(missing);
        addresses = List.copyOf(addresses);
        ofOrganization = List.copyOf(ofOrganization);
    }
}
