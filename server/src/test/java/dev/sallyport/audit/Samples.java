package dev.sallyport.audit;

import dev.sallyport.identity.Caller;
import dev.sallyport.identity.Credential;
import dev.sallyport.identity.CredentialId;
import dev.sallyport.identity.CredentialKind;
import dev.sallyport.identity.Organization;
import dev.sallyport.identity.OrganizationId;
import dev.sallyport.identity.Origin;
import dev.sallyport.identity.Principal;
import dev.sallyport.identity.PrincipalId;
import dev.sallyport.permission.Authority;
import dev.sallyport.permission.Permission;
import dev.sallyport.permission.Permissions;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Decisions to record. */
final class Samples {

    static final Permissions PERMISSIONS = Permissions.shipped();
    static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    static final OrganizationId ACME = new OrganizationId(UUID.fromString("11111111-1111-4111-8111-111111111111"));
    static final OrganizationId RIVAL = new OrganizationId(UUID.fromString("22222222-2222-4222-8222-222222222222"));

    private static final String[] PIECES = {"a", "/", "x1", "é", "€", "😀", "\"", "\\", "%", "\n", "Ω", " "};

    private Samples() {}

    static Caller caller(OrganizationId organization, String email, Authority scopes) {
        var user = new Principal(
                new PrincipalId(UUID.nameUUIDFromBytes(email.getBytes(java.nio.charset.StandardCharsets.UTF_8))),
                organization,
                Principal.Kind.USER,
                email,
                "Someone",
                null,
                Principal.State.ACTIVE,
                1,
                null,
                NOON,
                NOON);
        var credential = new Credential(
                CredentialId.random(),
                CredentialKind.PERSONAL_ACCESS_TOKEN,
                "laptop of " + email,
                scopes,
                NOON.plusSeconds(86_400),
                CredentialId.random());
        return new Caller(
                new Organization(organization, "Acme", NOON), user, credential, scopes, new Origin("192.0.2.7", ""));
    }

    static Caller alice() {
        return caller(ACME, "alice@example.com", Authority.of(PERMISSIONS.require("monitors_read")));
    }

    static DecisionRecord allowed(Caller caller, String path, long atMicros) {
        return new DecisionRecord(
                atMicros, caller, "", "datadog", "ListMonitors", "GET", path, true, "allowed", 7, "192.0.2.7");
    }

    static DecisionRecord allowed(String path) {
        return allowed(alice(), path, 1_000_000);
    }

    static DecisionRecord stranger(String address, long atMicros) {
        return new DecisionRecord(
                atMicros, null, "", "datadog", "", "GET", "/x", false, "invalid_credential", 7, address);
    }

    static DecisionRecord refused(Need need) {
        return new DecisionRecord(
                1_000_000, alice(), "", "datadog", "X", "PUT", "/x", false, "scope_missing", 7, "192.0.2.7", need);
    }

    /** Names are never empty, and have neither blanks nor bars. */
    private static @Nullable Need anyNeed(Random random) {
        if (random.nextBoolean()) {
            return null;
        }
        var names = List.of("monitors_read", "billing:read", "x");
        return new Need(
                List.of(names.subList(0, 1 + random.nextInt(3)), names.subList(1, 3)),
                names.subList(0, random.nextInt(3)),
                names.subList(0, 1 + random.nextInt(2)));
    }

    static DecisionRecord any(Random random) {
        var isKnown = random.nextInt(4) > 0;
        return new DecisionRecord(
                random.nextLong(),
                isKnown ? anyCaller(random) : null,
                text(random, 40),
                text(random, 20),
                text(random, 40),
                text(random, 5),
                text(random, 300),
                random.nextBoolean(),
                text(random, 20),
                random.nextLong(),
                text(random, 20),
                anyNeed(random));
    }

    private static Caller anyCaller(Random random) {
        var plain = caller(new OrganizationId(UUID.randomUUID()), text(random, 60), anyScopes(random));
        var credential = new Credential(
                CredentialId.random(),
                random.nextBoolean() ? CredentialKind.PERSONAL_ACCESS_TOKEN : CredentialKind.SETUP_LINK,
                text(random, 100),
                plain.credential().scopes(),
                NOON.plusSeconds(random.nextInt()),
                random.nextBoolean() ? CredentialId.random() : null);
        return new Caller(plain.organization(), plain.principal(), credential, plain.authority(), plain.origin());
    }

    static Authority anyScopes(Random random) {
        var all = PERMISSIONS.all();
        var chosen = new ArrayList<Permission>();
        for (var i = random.nextInt(6); i > 0; i--) {
            chosen.add(all.get(random.nextInt(all.size())));
        }
        return Authority.of(chosen);
    }

    private static String text(Random random, int longest) {
        var text = new StringBuilder();
        for (var i = random.nextInt(longest + 1); i > 0; i--) {
            text.append(PIECES[random.nextInt(random.nextBoolean() ? 3 : PIECES.length)]);
        }
        return text.toString();
    }

    /** What the log would give back. */
    static LoggedDecision throughBytes(DecisionRecord decision) {
        var frame = DecisionCodec.write(decision);
        var caller = decision.caller();
        List<String> scopes = caller == null
                ? List.of()
                : PERMISSIONS.namesOf(caller.credential().scopes());
        var payload = ByteBuffer.wrap(frame).position(Frame.PAYLOAD).slice();
        return DecisionCodec.read(payload, _ -> scopes);
    }

    /** Everything that can be read in a folder, as recovery leaves it. */
    static List<SegmentReader.Entry> readAll(LogFiles files) throws java.io.IOException {
        var entries = new ArrayList<SegmentReader.Entry>();
        for (var segment : files.segments()) {
            try (var reader = new SegmentReader(files.open(segment.name()))) {
                for (var entry = reader.next(Long.MAX_VALUE); entry != null; entry = reader.next(Long.MAX_VALUE)) {
                    entries.add(entry);
                }
            }
        }
        return entries;
    }

    static List<AuditId> idsIn(LogFiles files) throws java.io.IOException {
        return readAll(files).stream()
                .filter(SegmentReader.Entry.Decision.class::isInstance)
                .map(entry -> ((SegmentReader.Entry.Decision) entry).id())
                .toList();
    }
}
