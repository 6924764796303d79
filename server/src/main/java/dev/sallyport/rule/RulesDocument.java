package dev.sallyport.rule;

import dev.sallyport.http.AddressRanges;
import dev.sallyport.identity.CredentialKind;
import java.util.EnumMap;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The rules as they are stored. An older or a newer version may have written them: what is not there follows the standard, and
 * what is not understood is passed over, but never so that addresses become open to all.
 */
final class RulesDocument {

    /** Where nobody calls from (RFC 1122 §3.2.1.3). */
    private static final List<String> NOWHERE = List.of("0.0.0.0/32");

    private RulesDocument() {}

    static String write(CredentialRules rules) {
        return JsonMapper.shared().writeValueAsString(RulesJson.of(rules));
    }

    static CredentialRules read(String document) {
        var root = JsonMapper.shared().readTree(document);
        var kinds = new EnumMap<CredentialKind, KindRules>(CredentialKind.class);
        for (var kind : CredentialRules.KINDS) {
            kinds.put(kind, read(kind, root.path(kind.code())));
        }
        return new CredentialRules(addresses(root.path("addresses")), kinds);
    }

    private static KindRules read(CredentialKind kind, JsonNode node) {
        var standard = KindRules.standard(kind);
        return new KindRules(
                node.path("creatable").asBoolean(standard.isCreatable()),
                days(node.path("longest_life_days")),
                days(node.path("default_life_days")),
                texts(node.path("creators")),
                texts(node.path("forbidden_scopes")),
                node.path("unscoped").asBoolean(standard.mayBeUnscoped()),
                days(node.path("unused_days")));
    }

    private static @Nullable Integer days(JsonNode node) {
        return node.isInt() && node.intValue() >= 1 ? Integer.valueOf(node.intValue()) : null;
    }

    private static List<String> addresses(JsonNode node) {
        var texts = texts(node);
        var ranges = texts.stream()
                .filter(text -> AddressRanges.canonical(text).isPresent())
                .toList();
        return ranges.isEmpty() && !texts.isEmpty() ? NOWHERE : ranges;
    }

    private static List<String> texts(JsonNode node) {
        return StreamSupport.stream(node.spliterator(), false)
                .filter(JsonNode::isString)
                .map(JsonNode::stringValue)
                .toList();
    }
}
