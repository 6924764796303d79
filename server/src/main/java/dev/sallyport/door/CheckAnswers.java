package dev.sallyport.door;

import com.google.protobuf.ListValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.rpc.Code;
import com.google.rpc.Status;
import dev.sallyport.decision.Judge;
import dev.sallyport.decision.Question;
import dev.sallyport.grpc.MessageWriter;
import dev.sallyport.http.Problem;
import dev.sallyport.http.Reply;
import io.envoyproxy.envoy.config.core.v3.HeaderValue;
import io.envoyproxy.envoy.config.core.v3.HeaderValueOption;
import io.envoyproxy.envoy.config.core.v3.HeaderValueOption.HeaderAppendAction;
import io.envoyproxy.envoy.service.auth.v3.CheckResponse;
import io.envoyproxy.envoy.service.auth.v3.DeniedHttpResponse;
import io.envoyproxy.envoy.service.auth.v3.OkHttpResponse;
import io.envoyproxy.envoy.type.v3.HttpStatus;
import io.envoyproxy.envoy.type.v3.StatusCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * An answer in Envoy's words, encoded. What an allowed call is answered is written without a message of each header, which costs
 * more than the decision.
 *
 * <p>A refusal is an answer, never an error of the call: Envoy can be set up to let calls pass when its authority fails.
 */
final class CheckAnswers {

    private static final List<String> CARRIERS = List.of("authorization", "dd-api-key", "dd-application-key");
    private static final List<String> CARRIERS_IN_QUERY = List.of("api_key", "application_key");

    /** A status that says nothing else than that all is well, which is how it is encoded: of no bytes. */
    private static final byte[] OK = CheckResponse.newBuilder()
            .setStatus(Status.getDefaultInstance())
            .build()
            .toByteArray();

    /** What no upstream may see: the credential, and names that one which takes an underscore for a hyphen would take for ours. */
    private static final byte[] REMOVING =
            OkHttpResponse.newBuilder().addAllHeadersToRemove(removed()).build().toByteArray();

    private static final byte[] REMOVING_KEYS = OkHttpResponse.newBuilder()
            .addAllQueryParametersToRemove(CARRIERS_IN_QUERY)
            .build()
            .toByteArray();

    /** An empty value is kept, so that it takes the place of whatever a client put there. */
    private static final byte[] OVERWRITING = HeaderValueOption.newBuilder()
            .setAppendAction(HeaderAppendAction.OVERWRITE_IF_EXISTS_OR_ADD)
            .setKeepEmptyValue(true)
            .build()
            .toByteArray();

    /** Bytes of an answer to a caller with few scopes. */
    private static final int USUAL = 4 << 10;

    /** By the header that says the same. */
    private static final Map<String, String> METADATA = Map.of(
            "Sallyport-Decision", "decision",
            "Sallyport-Reason", "reason",
            "Sallyport-Organization", "organization",
            "Sallyport-Principal", "principal",
            "Sallyport-Principal-Kind", "kind",
            "Sallyport-Credential", "credential");

    /** Of the entry of any map. */
    private static final int ENTRY_KEY = 1;

    private static final int ENTRY_VALUE = 2;

    private static final String SCOPES = "Sallyport-Scopes";

    private CheckAnswers() {}

    private static List<String> removed() {
        var names = new ArrayList<>(CARRIERS);
        CARRIERS.forEach(name -> addTwins(name, 0, names));
        DoorHeaders.of("", "", null, "", "")
                .forEach(header -> addTwins(header.name().toLowerCase(Locale.ROOT), 0, names));
        return List.copyOf(names);
    }

    /** Every way to write the name with an underscore or more. */
    private static void addTwins(String name, int from, List<String> names) {
        for (var hyphen = name.indexOf('-', from); hyphen >= 0; hyphen = name.indexOf('-', hyphen + 1)) {
            var twin = name.substring(0, hyphen) + '_' + name.substring(hyphen + 1);
            names.add(twin);
            addTwins(twin, hyphen + 1, names);
        }
    }

    static byte[] of(Answer answer, Judge.Call call) {
        var operation = call.target() instanceof Question.Target.Known(var known) ? known.id() : "";
        return answer.isAllowed() ? allowed(answer, call, operation) : refused(answer, operation);
    }

    /** From its end to its beginning. */
    private static byte[] allowed(Answer answer, Judge.Call call, String operation) {
        var message = new MessageWriter(USUAL);
        putMetadata(message, answer, operation);
        var end = message.place();
        if (call.takesKeysInQuery() && hasKey(call.query())) {
            message.fields(REMOVING_KEYS);
        }
        message.fields(REMOVING);
        for (var header : answer.headers().reversed()) {
            putHeader(message, header);
        }
        message.begin(CheckResponse.OK_RESPONSE_FIELD_NUMBER, end);
        message.fields(OK);
        return message.toBytes();
    }

    private static void putHeader(MessageWriter message, Reply.Header header) {
        var end = message.place();
        message.fields(OVERWRITING);
        var endOfHeader = message.place();
        message.text(HeaderValue.VALUE_FIELD_NUMBER, header.value());
        message.text(HeaderValue.KEY_FIELD_NUMBER, header.name());
        message.begin(HeaderValueOption.HEADER_FIELD_NUMBER, endOfHeader);
        message.begin(OkHttpResponse.HEADERS_FIELD_NUMBER, end);
    }

    /** Envoy writes a path anew when it takes something out of it, so it is asked only where there is something. */
    private static boolean hasKey(String query) {
        return CARRIERS_IN_QUERY.stream().anyMatch(name -> query.contains(name + "="));
    }

    /** Before anything was asked. */
    static byte[] refused(Answer answer) {
        return refused(answer, "");
    }

    private static byte[] refused(Answer answer, String operation) {
        var denied = DeniedHttpResponse.newBuilder()
                .setStatus(HttpStatus.newBuilder().setCode(statusOf(answer)))
                .addHeaders(overwriting(new Reply.Header("Content-Type", "application/problem+json")))
                .addHeaders(overwriting(new Reply.Header("Cache-Control", "no-store")))
                .setBody(problem(answer));
        answer.headers().forEach(header -> denied.addHeaders(overwriting(header)));
        var message = new MessageWriter(USUAL);
        putMetadata(message, answer, operation);
        message.fields(CheckResponse.newBuilder()
                .setStatus(Status.newBuilder().setCode(codeOf(answer)).setMessage(answer.reason()))
                .setDeniedResponse(denied)
                .build()
                .toByteArray());
        return message.toBytes();
    }

    private static StatusCode statusOf(Answer answer) {
        return switch (answer.status()) {
            case 401 -> StatusCode.Unauthorized;
            case 429 -> StatusCode.TooManyRequests;
            default -> StatusCode.Forbidden;
        };
    }

    private static int codeOf(Answer answer) {
        return switch (answer.status()) {
            case 401 -> Code.UNAUTHENTICATED_VALUE;
            case 429 -> Code.RESOURCE_EXHAUSTED_VALUE;
            default -> Code.PERMISSION_DENIED_VALUE;
        };
    }

    /** RFC 9457 §3.1. */
    private static String problem(Answer answer) {
        var members = new LinkedHashMap<String, Object>();
        members.put("type", Problem.typeOf(answer.status(), answer.reason()));
        members.put(
                "title",
                switch (answer.status()) {
                    case 401 -> "Unauthorized";
                    case 429 -> "Too Many Requests";
                    default -> "Forbidden";
                });
        members.put("status", answer.status());
        members.put("detail", answer.detail());
        members.put("code", answer.reason());
        return JsonMapper.shared().writeValueAsString(members);
    }

    private static HeaderValueOption overwriting(Reply.Header header) {
        return HeaderValueOption.newBuilder()
                .setHeader(HeaderValue.newBuilder().setKey(header.name()).setValue(header.value()))
                .setAppendAction(HeaderAppendAction.OVERWRITE_IF_EXISTS_OR_ADD)
                .setKeepEmptyValue(true)
                .build();
    }

    /** For later filters and the access log. Every field is always there, empty where there is nothing to say. */
    private static void putMetadata(MessageWriter message, Answer answer, String operation) {
        var end = message.place();
        for (var header : answer.headers().reversed()) {
            var field = METADATA.get(header.name());
            if (field != null) {
                putText(message, field, header.value());
            } else if (header.name().equals(SCOPES)) {
                putScopes(message, header.value());
            }
        }
        putText(message, "operation", operation);
        message.begin(CheckResponse.DYNAMIC_METADATA_FIELD_NUMBER, end);
    }

    private static void putText(MessageWriter message, String field, String text) {
        var end = message.place();
        message.text(Value.STRING_VALUE_FIELD_NUMBER, text);
        putField(message, field, end);
    }

    private static void putScopes(MessageWriter message, String scopes) {
        var end = message.place();
        var after = scopes.length();
        while (after > 0) {
            var before = scopes.lastIndexOf(' ', after - 1);
            var endOfScope = message.place();
            message.text(Value.STRING_VALUE_FIELD_NUMBER, scopes.substring(before + 1, after));
            message.begin(ListValue.VALUES_FIELD_NUMBER, endOfScope);
            after = before;
        }
        message.begin(Value.LIST_VALUE_FIELD_NUMBER, end);
        putField(message, "scopes", end);
    }

    /** One entry of a {@link Struct}, whose value was written since that place. */
    private static void putField(MessageWriter message, String name, int end) {
        message.begin(ENTRY_VALUE, end);
        message.text(ENTRY_KEY, name);
        message.begin(Struct.FIELDS_FIELD_NUMBER, end);
    }
}
