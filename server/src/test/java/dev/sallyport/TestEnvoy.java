package dev.sallyport;

import com.google.protobuf.Value;
import io.envoyproxy.envoy.config.core.v3.Address;
import io.envoyproxy.envoy.config.core.v3.HeaderMap;
import io.envoyproxy.envoy.config.core.v3.HeaderValue;
import io.envoyproxy.envoy.config.core.v3.HeaderValueOption;
import io.envoyproxy.envoy.config.core.v3.SocketAddress;
import io.envoyproxy.envoy.service.auth.v3.AttributeContext;
import io.envoyproxy.envoy.service.auth.v3.AuthorizationGrpc;
import io.envoyproxy.envoy.service.auth.v3.CheckRequest;
import io.envoyproxy.envoy.service.auth.v3.CheckResponse;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A client of the published stub, which asks as Envoy does. */
final class TestEnvoy implements AutoCloseable {

    final ManagedChannel channel;

    TestEnvoy(TestAuthority authority) {
        channel = NettyChannelBuilder.forTarget(authority.server.grpcAddress().orElseThrow())
                .usePlaintext()
                .build();
    }

    /** What a gateway asks, and with which metadata of its own. Each {@code with} gives another. */
    record Check(
            TestEnvoy envoy,
            String api,
            String method,
            String path,
            List<TestCall.Header> headers,
            String source,
            boolean isJoined,
            List<String> gatewayCredentials) {

        Check with(String name, String value) {
            var more = Stream.concat(headers.stream(), Stream.of(new TestCall.Header(name, value)))
                    .toList();
            return new Check(envoy, api, method, path, more, source, isJoined, gatewayCredentials);
        }

        Check withToken(String token) {
            return with("Authorization", "Bearer " + token);
        }

        Check from(String address) {
            return new Check(envoy, api, method, path, headers, address, isJoined, gatewayCredentials);
        }

        /** With the headers of one name joined, as Envoy gives them unless it is told to give them one by one. */
        Check joined() {
            return new Check(envoy, api, method, path, headers, source, true, gatewayCredentials);
        }

        Check byGateway(String... credentials) {
            return new Check(envoy, api, method, path, headers, source, isJoined, List.of(credentials));
        }

        CheckRequest request() {
            var http = AttributeContext.HttpRequest.newBuilder()
                    .setMethod(method)
                    .setPath(path)
                    .setHost("api.example.com");
            if (isJoined) {
                var values = new HashMap<String, String>();
                all().forEach(header ->
                        values.merge(header.getKey(), header.getValue(), (one, two) -> one + "," + two));
                http.putAllHeaders(values);
            } else {
                http.setHeaderMap(HeaderMap.newBuilder().addAllHeaders(all()));
            }
            var attributes = AttributeContext.newBuilder()
                    .setRequest(AttributeContext.Request.newBuilder().setHttp(http));
            if (!api.isEmpty()) {
                attributes.putContextExtensions("sallyport_api", api);
            }
            if (!source.isEmpty()) {
                attributes.setSource(AttributeContext.Peer.newBuilder()
                        .setAddress(Address.newBuilder()
                                .setSocketAddress(SocketAddress.newBuilder()
                                        .setAddress(source)
                                        .setPortValue(50_000))));
            }
            return CheckRequest.newBuilder().setAttributes(attributes).build();
        }

        private List<HeaderValue> all() {
            var all = new ArrayList<HeaderValue>();
            all.add(header(":method", method));
            all.add(header(":path", path));
            headers.forEach(header -> all.add(header(header.name().toLowerCase(Locale.ROOT), header.value())));
            return all;
        }

        private static HeaderValue header(String name, String value) {
            return HeaderValue.newBuilder().setKey(name).setValue(value).build();
        }

        Said send() {
            return send(request());
        }

        Said send(CheckRequest request) {
            var metadata = new Metadata();
            var key = Metadata.Key.of("sallyport-gateway", Metadata.ASCII_STRING_MARSHALLER);
            gatewayCredentials.forEach(credential -> metadata.put(key, credential));
            return new Said(AuthorizationGrpc.newBlockingStub(envoy.channel)
                    .withDeadlineAfter(20, TimeUnit.SECONDS)
                    .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(metadata))
                    .check(request));
        }
    }

    /** The answer. */
    record Said(CheckResponse response) {

        /** What the client would hear. */
        int status() {
            return response.hasOkResponse()
                    ? 200
                    : response.getDeniedResponse().getStatus().getCodeValue();
        }

        /** The one value of a header of the answer. */
        String header(String name) {
            return find(name).orElseThrow(() -> new AssertionError(name + " is not in " + response));
        }

        /** The value of a header that the answer has at most once. */
        Optional<String> find(String name) {
            var options = response.hasOkResponse()
                    ? response.getOkResponse().getHeadersList()
                    : response.getDeniedResponse().getHeadersList();
            var values = options.stream()
                    .map(HeaderValueOption::getHeader)
                    .filter(header -> header.getKey().equalsIgnoreCase(name))
                    .map(HeaderValue::getValue)
                    .toList();
            if (values.size() > 1) {
                throw new AssertionError(name + ": " + values + " in " + response);
            }
            return values.stream().findFirst();
        }

        Map<String, Value> metadata() {
            return response.getDynamicMetadata().getFieldsMap();
        }

        String metadata(String field) {
            return metadata().getOrDefault(field, Value.getDefaultInstance()).getStringValue();
        }
    }

    Check asks(String api, String method, String path) {
        return new Check(this, api, method, path, List.of(), "", false, List.of());
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
