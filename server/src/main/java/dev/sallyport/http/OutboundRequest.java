package dev.sallyport.http;

import java.util.List;

/**
 * What is sent to somebody else.
 *
 * @param body sent as UTF-8; empty for none
 */
public record OutboundRequest(Method method, String url, List<Reply.Header> headers, String body) {

    public OutboundRequest {
        headers = List.copyOf(headers);
    }

    public static OutboundRequest get(String url) {
        return new OutboundRequest(Method.GET, url, List.of(), "");
    }

    /** Addresses that are given to webhooks, and headers, often hold a secret. */
    @Override
    public String toString() {
        return "OutboundRequest(" + method + ", hidden)";
    }
}
