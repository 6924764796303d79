package dev.sallyport.directory;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/** An invitation on the wire. */
record InvitationJson(String type, String id, Attributes attributes, Relationships relationships) {

    static final String TYPE = "user_invitations";

    /** @param link what the Datadog API mails instead: shown to whoever invites, once; it holds a secret */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record Attributes(
            String uuid,
            String createdAt,
            String expiresAt,
            String inviteType,
            String loginMethod,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String link) {
        @Override
        public String toString() {
            return "Attributes(" + uuid + ")";
        }
    }

    record Relationships(Document.ToOne user) {}

    static InvitationJson of(Invitation invitation, @Nullable String link) {
        var id = invitation.id().toString();
        return new InvitationJson(
                TYPE,
                id,
                new Attributes(
                        id,
                        WireTime.of(invitation.createdAt()),
                        WireTime.of(invitation.expiresAt()),
                        "link",
                        "standard",
                        link),
                new Relationships(new Document.ToOne(
                        new Document.Reference(UserJson.TYPE, invitation.user().toString()))));
    }
}
