package dev.sallyport.leak;

import dev.sallyport.identity.CredentialId;
import dev.sallyport.identity.CredentialKind;
import dev.sallyport.identity.OrganizationId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Credentials in memory. It remembers what was done to them. */
final class FakeCredentials implements LeakedCredentials {

    record Deed(Proof proof, Leak leak) {}

    final List<Deed> revoked = new CopyOnWriteArrayList<>();
    final List<Deed> noted = new CopyOnWriteArrayList<>();
    final List<String> asked = new CopyOnWriteArrayList<>();
    private final Map<String, Proof> stored = new ConcurrentHashMap<>();

    FakeCredentials live(String text) {
        return with(text, true);
    }

    FakeCredentials dead(String text) {
        return with(text, false);
    }

    private FakeCredentials with(String text, boolean isLive) {
        stored.put(
                text,
                new Proof(
                        OrganizationId.random(), CredentialId.random(), CredentialKind.PERSONAL_ACCESS_TOKEN, isLive));
        return this;
    }

    @Override
    public Optional<Proof> prove(String text) {
        asked.add(text);
        return Optional.ofNullable(stored.get(text));
    }

    @Override
    public void revoke(Proof proof, Leak leak) {
        revoked.add(new Deed(proof, leak));
        stored.replaceAll((_, kept) -> kept.credential().equals(proof.credential())
                ? new Proof(kept.organization(), kept.credential(), kept.kind(), false)
                : kept);
    }

    @Override
    public void note(Proof proof, Leak leak) {
        noted.add(new Deed(proof, leak));
    }
}
