package dev.sallyport.door;

import com.google.protobuf.ByteString;
import com.google.protobuf.ListValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.rpc.Code;
import com.google.rpc.Status;
import dev.sallyport.decision.Judge;
import dev.sallyport.decision.Question;
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
 * An answer in Envoy's words.
 *
 * <p>A refusal is an answer, never an error of the call: Envoy can be set up to let calls pass when its authority fails.
 */
final class CheckAnswers {

    private static final List<String> CARRIERS = List.of("authorization", "dd-api-key", "dd-application-key");
    private static final List<String> CARRIERS_IN_QUERY = List.of("api_key", "application_key");

    private static final Status OK = Status.getDefaultInstance();

    /** What no upstream may see: the credential, and names that one which takes an underscore for a hyphen would take for ours. */
    private static final OkHttpResponse REMOVING = removing();

    /** By the header that says the same. */
    private static final Map<String, String> METADATA = Map.of(
            "Sallyport-Decision", "decision",
            "Sallyport-Reason", "reason",
            "Sallyport-Organization", "organization",
            "Sallyport-Principal", "principal",
            "Sallyport-Principal-Kind", "kind",
            "Sallyport-Credential", "credential");

    private static final String SCOPES = "Sallyport-Scopes";

    private CheckAnswers() {}

    /** As bytes, which are not encoded again for each answer. */
    private static OkHttpResponse removing() {
        var removing = OkHttpResponse.newBuilder();
        removed().forEach(name -> removing.addHeadersToRemoveBytes(ByteString.copyFromUtf8(name)));
        return removing.build();
    }

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

    static CheckResponse of(Answer answer, Judge.Call call) {
        var operation = call.target() instanceof Question.Target.Known(var known) ? known.id() : "";
        return answer.isAllowed() ? allowed(answer, call, operation) : refused(answer, operation);
    }

    private static CheckResponse allowed(Answer answer, Judge.Call call, String operation) {
        var ok = REMOVING.toBuilder();
        answer.headers().forEach(header -> ok.addHeaders(overwriting(header)));
        if (call.takesKeysInQuery() && hasKey(call.query())) {
            ok.addAllQueryParametersToRemove(CARRIERS_IN_QUERY);
        }
        return CheckResponse.newBuilder()
                .setStatus(OK)
                .setOkResponse(ok)
                .setDynamicMetadata(metadata(answer, operation))
                .build();
    }

    /** Envoy writes a path anew when it takes something out of it, so it is asked only where there is something. */
    private static boolean hasKey(String query) {
        return CARRIERS_IN_QUERY.stream().anyMatch(name -> query.contains(name + "="));
    }

    /** Before anything was asked. */
    static CheckResponse refused(Answer answer) {
        return refused(answer, "");
    }

    private static CheckResponse refused(Answer answer, String operation) {
        var denied = DeniedHttpResponse.newBuilder()
                .setStatus(HttpStatus.newBuilder().setCode(statusOf(answer)))
                .addHeaders(overwriting(new Reply.Header("Content-Type", "application/problem+json")))
                .addHeaders(overwriting(new Reply.Header("Cache-Control", "no-store")))
                .setBody(problem(answer));
        answer.headers().forEach(header -> denied.addHeaders(overwriting(header)));
        return CheckResponse.newBuilder()
                .setStatus(Status.newBuilder().setCode(codeOf(answer)).setMessage(answer.reason()))
                .setDeniedResponse(denied)
                .setDynamicMetadata(metadata(answer, operation))
                .build();
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

    /** An empty value is kept, so that it takes the place of whatever a client put there. */
    private static HeaderValueOption overwriting(Reply.Header header) {
        return HeaderValueOption.newBuilder()
                .setHeader(HeaderValue.newBuilder().setKey(header.name()).setValue(header.value()))
                .setAppendAction(HeaderAppendAction.OVERWRITE_IF_EXISTS_OR_ADD)
                .setKeepEmptyValue(true)
                .build();
    }

    /** For later filters and the access log. Every field is always there, empty where there is nothing to say. */
    private static Struct metadata(Answer answer, String operation) {
        var struct = Struct.newBuilder().putFields("operation", text(operation));
        for (var header : answer.headers()) {
            var field = METADATA.get(header.name());
            if (field != null) {
                struct.putFields(field, text(header.value()));
            } else if (header.name().equals(SCOPES)) {
                struct.putFields("scopes", list(header.value()));
            }
        }
        return struct.build();
    }

    private static Value text(String text) {
        return Value.newBuilder().setStringValue(text).build();
    }

    private static Value list(String scopes) {
        var list = ListValue.newBuilder();
        if (!scopes.isEmpty()) {
            for (var scope : scopes.split(" ", -1)) {
                list.addValues(text(scope));
            }
        }
        return Value.newBuilder().setListValue(list).build();
    }
}
