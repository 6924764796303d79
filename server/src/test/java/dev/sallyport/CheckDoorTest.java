package dev.sallyport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.protobuf.ByteString;
import com.google.protobuf.Value;
import dev.sallyport.TestEnvoy.Check;
import dev.sallyport.TestEnvoy.Said;
import dev.sallyport.permission.ManagedRole;
import dev.sallyport.sql.TestDatabase;
import io.envoyproxy.envoy.config.core.v3.HeaderMap;
import io.envoyproxy.envoy.config.core.v3.HeaderValue;
import io.envoyproxy.envoy.config.core.v3.HeaderValueOption.HeaderAppendAction;
import io.envoyproxy.envoy.service.auth.v3.AuthorizationGrpc;
import io.envoyproxy.envoy.service.auth.v3.CheckRequest;
import io.envoyproxy.envoy.service.auth.v3.CheckResponse;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.json.JsonMapper;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CheckDoorTest {

    private static final List<String> IDENTITY_HEADERS = List.of(
            "sallyport-decision",
            "sallyport-reason",
            "sallyport-organization",
            "sallyport-principal",
            "sallyport-principal-kind",
            "sallyport-email",
            "sallyport-credential",
            "sallyport-credential-kind",
            "sallyport-scopes",
            "sallyport-actor",
            "sallyport-identity");

    private final TestAuthority authority = TestAuthority.on(TestDatabase.SQLITE);
    private final TestEnvoy envoy = new TestEnvoy(authority);
    private final TestPerson admin = admin();
    private final TestPerson.Shown reader = admin.issues("billing:invoices_read");

    private TestPerson admin() {
        var founder = authority.founds("Acme");
        founder.imports("billing", TestCast.example());
        return founder.renewed();
    }

    @AfterAll
    void close() {
        envoy.close();
        authority.close();
    }

    private Check reads() {
        return envoy.asks("billing", "GET", "/invoices/7?page=2").withToken(reader.text());
    }

    @Test
    void an_allowed_call_says_who_it_is_and_overwrites_what_a_client_said() {
        var answer = reads().send();

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.response().getStatus().getCode()).isZero();
        assertThat(answer.header("sallyport-reason")).isEqualTo("allowed");
        assertThat(answer.header("sallyport-principal"))
                .isEqualTo(admin.principal().id().toString());
        assertThat(answer.header("sallyport-credential")).isEqualTo(reader.id());
        assertThat(answer.header("sallyport-scopes")).isEqualTo("billing:invoices_read");
        assertThat(answer.header("sallyport-identity").split("\\.")).hasSize(3);
        assertThat(answer.response().getOkResponse().getHeadersList()).allSatisfy(option -> {
            assertThat(option.getAppendAction()).isEqualTo(HeaderAppendAction.OVERWRITE_IF_EXISTS_OR_ADD);
            assertThat(option.getKeepEmptyValue()).isTrue();
        });
    }

    @Test
    void later_filters_learn_who_it_is() {
        var answer = reads().send();

        assertThat(answer.metadata("organization"))
                .isEqualTo(admin.organization().id().toString());
        assertThat(answer.metadata("principal"))
                .isEqualTo(admin.principal().id().toString());
        assertThat(answer.metadata("kind")).isEqualTo("user");
        assertThat(answer.metadata("credential")).isEqualTo(reader.id());
        assertThat(answer.metadata("decision")).isEqualTo(answer.header("sallyport-decision"));
        assertThat(answer.metadata("operation")).isEqualTo("GetInvoice");
        assertThat(answer.metadata()
                        .getOrDefault("scopes", Value.getDefaultInstance())
                        .getListValue()
                        .getValuesList())
                .map(Value::getStringValue)
                .containsExactly("billing:invoices_read");
    }

    @Test
    void every_answer_has_every_identity_header_once_and_all_metadata() {
        var stranger = envoy.asks("billing", "GET", "/invoices");

        var answers = List.of(
                reads().send(),
                envoy.asks("billing", "POST", "/invoices")
                        .withToken(reader.text())
                        .send(),
                stranger.send(),
                stranger.withToken("ddpat_junk").send(),
                envoy.asks("billing", "GET", "/health").send());

        assertThat(answers).map(Said::status).containsExactly(200, 403, 401, 401, 200);
        assertThat(answers).allSatisfy(answer -> {
            assertThat(IDENTITY_HEADERS)
                    .allSatisfy(name -> assertThat(answer.header(name)).isNotNull());
            assertThat(answer.metadata())
                    .containsOnlyKeys(
                            "decision",
                            "reason",
                            "operation",
                            "organization",
                            "principal",
                            "kind",
                            "credential",
                            "scopes");
        });
    }

    @Test
    void no_credential_and_no_twin_of_an_identity_header_goes_on() {
        var removed = reads().send().response().getOkResponse().getHeadersToRemoveList();

        assertThat(removed)
                .contains("authorization", "dd-api-key", "dd-application-key")
                .contains("sallyport_email", "sallyport_identity", "sallyport_principal")
                .contains("sallyport_principal_kind", "sallyport-principal_kind", "sallyport_principal-kind")
                .doesNotContainAnyElementsOf(IDENTITY_HEADERS)
                .doesNotHaveDuplicates();
    }

    @Test
    void a_forged_identity_header_is_overwritten_or_emptied() {
        var forging = envoy.asks("billing", "GET", "/health");
        for (var name : IDENTITY_HEADERS) {
            forging = forging.with(name, "forged");
        }

        var answer = forging.send();

        assertThat(answer.status()).isEqualTo(200);
        assertThat(IDENTITY_HEADERS)
                .allSatisfy(name -> assertThat(answer.header(name)).isNotEqualTo("forged"));
        assertThat(answer.header("sallyport-principal")).isEmpty();
    }

    @Test
    void no_header_says_which_api_method_or_path_is_meant() {
        var answer = envoy.asks("billing", "POST", "/invoices")
                .withToken(reader.text())
                .with("Sallyport-Api", "datadog")
                .with("X-Original-Method", "GET")
                .with("X-Original-URI", "/invoices")
                .with("X-Forwarded-Uri", "/invoices")
                .with("X-HTTP-Method-Override", "GET")
                .send();

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.header("sallyport-reason")).isEqualTo("scope_missing");
    }

    @Test
    void a_refusal_is_a_problem_of_its_client() {
        var answer = envoy.asks("billing", "POST", "/invoices")
                .withToken(reader.text())
                .send();

        var problem = JsonMapper.shared()
                .readTree(answer.response().getDeniedResponse().getBody());
        assertThat(answer.response().getStatus().getCode()).isEqualTo(7);
        assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
        assertThat(problem.get("status").intValue()).isEqualTo(403);
        assertThat(problem.get("code").stringValue()).isEqualTo("scope_missing");
        assertThat(answer.header("sallyport-reason")).isEqualTo("scope_missing");
    }

    @Test
    void strangers_cannot_tell_causes_apart() {
        var unsigned = envoy.asks("billing", "GET", "/invoices");
        var cast = TestCast.on(authorityOfStrangers);
        var other = new TestEnvoy(authorityOfStrangers);
        authorityOfStrangers.passes(TestCast.UNTIL_EXPIRED);
        try (other) {
            var answers = List.of(
                            "junk",
                            "unknown id",
                            "wrong secret",
                            "revoked",
                            "expired",
                            "owner disabled",
                            "other organization")
                    .stream()
                    .map(who -> other.asks("billing", "GET", "/nowhere")
                            .withToken(cast.token(who))
                            .send())
                    .toList();

            assertThat(answers).allSatisfy(answer -> {
                assertThat(answer.status()).isEqualTo(401);
                assertThat(answer.response().getStatus().getCode()).isEqualTo(16);
                assertThat(answer.header("sallyport-reason")).isEqualTo("invalid_credential");
                assertThat(answer.response().getDeniedResponse().getBody())
                        .isEqualTo(answers.getFirst()
                                .response()
                                .getDeniedResponse()
                                .getBody());
                assertThat(answer.header("www-authenticate"))
                        .isEqualTo("Bearer realm=\"sallyport\", error=\"invalid_token\"");
            });
        }
        assertThat(unsigned.send().header("www-authenticate")).isEqualTo("Bearer realm=\"sallyport\"");
    }

    private final TestAuthority authorityOfStrangers = TestAuthority.on(TestDatabase.SQLITE);

    @AfterAll
    void closeOther() {
        authorityOfStrangers.close();
    }

    @Test
    void a_credential_that_was_sent_twice_is_refused_however_envoy_tells_it() {
        var twice = reads().withToken(reader.text());

        var answers = List.of(twice.send(), twice.joined().send());

        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.header("sallyport-identity")).isEmpty();
        });
        assertThat(reads().joined().send().status()).isEqualTo(200);
    }

    @Test
    void a_credential_header_that_is_told_as_bytes_is_read() {
        var request = reads().request().toBuilder();
        request.getAttributesBuilder()
                .getRequestBuilder()
                .getHttpBuilder()
                .setHeaderMap(HeaderMap.newBuilder()
                        .addHeaders(HeaderValue.newBuilder()
                                .setKey("authorization")
                                .setRawValue(ByteString.copyFromUtf8("Bearer " + reader.text()))));

        assertThat(reads().send(request.build()).status()).isEqualTo(200);
    }

    @Test
    void method_and_path_must_be_there_and_told_alike() {
        var path = reads().request().toBuilder();
        path.getAttributesBuilder().getRequestBuilder().getHttpBuilder().setPath("/health");
        var method = reads().request().toBuilder();
        method.getAttributesBuilder().getRequestBuilder().getHttpBuilder().setMethod("");

        var answers = List.of(
                reads().send(path.build()),
                reads().send(method.build()),
                envoy.asks("billing", "GET", "").withToken(reader.text()).send());

        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.header("sallyport-reason")).isEqualTo("unreadable_request");
        });
    }

    @Test
    void an_api_that_the_gateway_does_not_name_is_unknown() {
        var none = envoy.asks("", "GET", "/invoices");
        var other = envoy.asks("nobodys", "GET", "/invoices");

        assertThat(List.of(none, other)).allSatisfy(check -> {
            assertThat(check.send().status()).isEqualTo(401);
            var answer = check.withToken(reader.text()).send();
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.header("sallyport-reason")).isEqualTo("unknown_api");
        });
    }

    @Test
    void an_empty_request_is_refused() {
        var answer = reads().send(CheckRequest.getDefaultInstance());

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("sallyport-reason")).isEqualTo("invalid_credential");
    }

    @Test
    void a_revoked_token_is_refused_with_the_next_call() {
        var token = admin.issues("billing:invoices_read");
        var check = envoy.asks("billing", "GET", "/invoices").withToken(token.text());
        assertThat(check.send().status()).isEqualTo(200);

        admin.revokes(token);

        assertThat(check.send().status()).isEqualTo(401);
    }

    @Test
    void keys_in_the_query_are_taken_out_of_it_where_they_count() {
        var keys = TestKeys.first(admin);
        var query = "?api_key=" + keys.apiKey().text() + "&application_key="
                + keys.applicationKey().text();

        var first = envoy.asks("datadog", "GET", "/api/v1/dashboard" + query).send();
        var second = envoy.asks("datadog", "GET", "/api/v2/roles" + query).send();
        var bare = envoy.asks("datadog", "GET", "/api/v1/dashboard")
                .with("DD-API-KEY", keys.apiKey().text())
                .with("DD-APPLICATION-KEY", keys.applicationKey().text())
                .send();

        assertThat(first.status()).isEqualTo(200);
        assertThat(first.response().getOkResponse().getQueryParametersToRemoveList())
                .containsExactly("api_key", "application_key");
        assertThat(second.status()).isEqualTo(401);
        assertThat(bare.status()).isEqualTo(200);
        assertThat(bare.response().getOkResponse().getQueryParametersToRemoveList())
                .isEmpty();
    }

    @Test
    void a_service_account_has_no_address_in_any_answer() {
        var account = authority.serves(admin, ManagedRole.STANDARD);
        var token = admin.issuesTo(account, "dashboards_read");

        var answer = envoy.asks("datadog", "GET", "/api/v1/dashboard")
                .withToken(token.text())
                .send();

        assertThat(answer.metadata("kind")).isEqualTo("service_account");
        assertThat(answer.header("sallyport-email")).isEmpty();
    }

    @Test
    void the_clients_address_is_whom_the_gateway_saw() {
        var forged = recorded(
                token -> reads(token).with("X-Forwarded-For", "203.0.113.66").from("198.51.100.7"));
        var appended = recorded(token -> reads(token)
                .with("X-Forwarded-For", "203.0.113.66, 198.51.100.7")
                .from("198.51.100.7"));
        var untold = recorded(token -> reads(token).with("X-Forwarded-For", "203.0.113.66, 198.51.100.7"));
        var joined = recorded(token -> reads(token)
                .with("X-Forwarded-For", "203.0.113.66")
                .with("X-Forwarded-For", "198.51.100.7")
                .joined());

        assertThat(List.of(forged, appended, untold, joined)).containsOnly("198.51.100.7");
        assertThat(recorded(this::reads)).isEqualTo("127.0.0.1");
    }

    private Check reads(TestPerson.Shown token) {
        return envoy.asks("billing", "GET", "/invoices/hop").withToken(token.text());
    }

    /** The address in the record of that call. */
    private String recorded(Function<TestPerson.Shown, Check> call) {
        var token = admin.issues("billing:invoices_read");
        assertThat(call.apply(token).send().status()).isEqualTo(200);
        var search = "{\"filter\":{\"query\":\"@credential.id:" + token.id() + "\"}}";
        var events = admin.calls("POST", "/api/v2/audit/events/search", search)
                .json()
                .get("data");
        assertThat(events.size()).isEqualTo(1);
        return events.at("/0/attributes/attributes/network/client/ip").stringValue();
    }

    @Test
    void a_guarded_door_hears_only_its_gateway() {
        var secret = "gateway-secret-of-thirty-letters";
        try (var guarded = TestAuthority.guarded(TestDatabase.SQLITE, secret);
                var client = new TestEnvoy(guarded)) {
            var owner = guarded.founds("Acme");
            var asks = client.asks("datadog", "GET", "/api/v2/roles")
                    .withToken(owner.token().text());

            var refused = List.of(
                    asks,
                    asks.with("Sallyport-Gateway", secret),
                    asks.byGateway(secret + "x"),
                    asks.byGateway(secret, secret));

            assertThat(asks.byGateway(secret).send().status()).isEqualTo(200);
            assertThat(refused).map(Check::send).allSatisfy(answer -> {
                assertThat(answer.status()).isEqualTo(401);
                assertThat(answer.header("sallyport-reason")).isEqualTo("invalid_gateway");
                assertThat(answer.header("sallyport-principal")).isEmpty();
            });
        }
    }

    @Test
    void a_message_beyond_the_limit_is_an_error_of_its_call_only() {
        var large = reads().with("Cookie", "c=" + "x".repeat(200_000));

        assertThatExceptionOfType(StatusRuntimeException.class)
                .isThrownBy(large::send)
                .satisfies(
                        thrown -> assertThat(thrown.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED));
        assertThat(reads().with("Cookie", "c=" + "x".repeat(60_000)).send().status())
                .isEqualTo(200);
    }

    @Test
    void a_deadline_that_has_passed_is_the_clients_to_see() {
        var stub = AuthorizationGrpc.newBlockingStub(envoy.channel).withDeadlineAfter(1, TimeUnit.NANOSECONDS);
        var request = reads().request();

        assertThatExceptionOfType(StatusRuntimeException.class)
                .isThrownBy(() -> stub.check(request))
                .satisfies(thrown -> assertThat(thrown.getStatus().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED));
        assertThat(reads().send().status()).isEqualTo(200);
    }

    @Test
    void sixty_four_calls_at_once_are_each_answered_as_themselves() throws Exception {
        var stub = AuthorizationGrpc.newStub(envoy.channel);
        var answers = new ConcurrentLinkedQueue<String>();
        var done = new CountDownLatch(64);
        var begin = new CountDownLatch(1);
        var expected = new ArrayList<String>();
        for (var i = 0; i < 64; i++) {
            var isReading = i % 2 == 0;
            var request = envoy.asks("billing", isReading ? "GET" : "POST", "/invoices")
                    .withToken(reader.text())
                    .request();
            expected.add(isReading + " " + isReading);
            Thread.ofVirtual().start(() -> {
                await(begin);
                stub.check(request, noting(isReading, answers, done));
            });
        }
        begin.countDown();

        assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(answers).containsExactlyInAnyOrderElementsOf(expected);
    }

    private static StreamObserver<CheckResponse> noting(
            boolean isReading, ConcurrentLinkedQueue<String> answers, CountDownLatch done) {
        return new StreamObserver<>() {
            @Override
            public void onNext(CheckResponse response) {
                answers.add(isReading + " " + response.hasOkResponse());
            }

            @Override
            public void onError(Throwable failure) {
                done.countDown();
            }

            @Override
            public void onCompleted() {
                done.countDown();
            }
        };
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
