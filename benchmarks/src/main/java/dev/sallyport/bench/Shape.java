package dev.sallyport.bench;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The forms in which a decision is asked for over HTTP. */
enum Shape {
    NGINX {
        @Override
        List<Text> requests() {
            return each(path -> """
                    GET /gateway/nginx/datadog HTTP/1.1\r
                    Host: 127.0.0.1\r
                    X-Original-Method: GET\r
                    X-Original-URI: %s\r
                    X-Forwarded-For: 198.51.100.7\r
                    Accept: application/json\r
                    """.formatted(path));
        }
    },
    FORWARD_AUTH {
        @Override
        List<Text> requests() {
            return each(path -> """
                    GET /gateway/forward-auth/datadog HTTP/1.1\r
                    Host: 127.0.0.1\r
                    X-Forwarded-Method: GET\r
                    X-Forwarded-Uri: %s\r
                    X-Forwarded-For: 198.51.100.7\r
                    Accept: application/json\r
                    """.formatted(path));
        }
    },
    ENVOY {
        @Override
        List<Text> requests() {
            return each(path -> """
                    GET /gateway/envoy/datadog%s HTTP/1.1\r
                    Host: 127.0.0.1\r
                    X-Forwarded-For: 198.51.100.7\r
                    X-Request-Id: 0f2b8c1c-4d5e-4f70-8192-a3b4c5d6e7f8\r
                    Accept: application/json\r
                    """.formatted(path));
        }
    },
    /** One question of an enforcement point. */
    EVALUATION {
        @Override
        List<Text> requests() {
            return Calls.PATHS.stream()
                    .map(path -> asking("/access/v1/evaluation", """
                            {"subject":%s,"action":{"name":"GET"},"resource":%s}\
                            """.formatted(SUBJECT, resource(path))))
                    .toList();
        }
    },
    /** {@link #BUNDLE} of them in one request. */
    EVALUATIONS {
        @Override
        List<Text> requests() {
            var items = new ArrayList<String>();
            for (var i = 0; i < BUNDLE; i++) {
                items.add("{\"resource\":" + resource(Calls.PATHS.get(i % Calls.PATHS.size())) + "}");
            }
            return List.of(asking("/access/v1/evaluations", """
                    {"subject":%s,"action":{"name":"GET"},"evaluations":[%s]}\
                    """.formatted(SUBJECT, String.join(",", items))));
        }
    };

    static final int BUNDLE = 50;

    private static final String SUBJECT = "{\"type\":\"user\",\"id\":\"ada@bench.example\"}";

    /** A request on both sides of its token. */
    record Text(List<Byte> before, List<Byte> after) {
        static Text of(String before, String after) {
            return new Text(octets(before), octets(after));
        }

        private static List<Byte> octets(String text) {
            var octets = new ArrayList<Byte>();
            for (var octet : text.getBytes(StandardCharsets.US_ASCII)) {
                octets.add(octet);
            }
            return List.copyOf(octets);
        }
    }

    /** One of them is sent at a time, chosen at random. */
    abstract List<Text> requests();

    /** How many decisions one request asks for. */
    int decisions() {
        return this == EVALUATIONS ? BUNDLE : 1;
    }

    private interface Head {
        String of(String path);
    }

    private static List<Text> each(Head head) {
        return Calls.PATHS.stream()
                .map(path -> Text.of(head.of(path) + "Authorization: Bearer ", "\r\n\r\n"))
                .toList();
    }

    private static String resource(String path) {
        var query = path.indexOf('?');
        return "{\"type\":\"datadog\",\"id\":\"" + (query < 0 ? path : path.substring(0, query)) + "\"}";
    }

    private static Text asking(String path, String body) {
        return Text.of("""
                POST %s HTTP/1.1\r
                Host: 127.0.0.1\r
                Content-Type: application/json\r
                Content-Length: %d\r
                Authorization: Bearer \
                """.formatted(path, body.length()), "\r\n\r\n" + body);
    }
}
