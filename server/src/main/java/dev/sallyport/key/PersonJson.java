package dev.sallyport.key;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/** A user or service account beside the keys that were asked for. */
record PersonJson(String type, String id, Attributes attributes) {

    static final String TYPE = "users";

    record Attributes(
            String name,
            String handle,
            String email,
            @JsonProperty("disabled") boolean isDisabled,
            @JsonProperty("service_account") boolean isServiceAccount) {}

    static List<PersonJson> of(List<KeyOwner> people) {
        return people.stream().map(PersonJson::of).toList();
    }

    private static PersonJson of(KeyOwner owner) {
        var handle = owner.isServiceAccount() ? owner.id().toString() : owner.email();
        return new PersonJson(
                TYPE,
                owner.id().toString(),
                new Attributes(owner.name(), handle, owner.email(), !owner.isActive(), owner.isServiceAccount()));
    }
}
