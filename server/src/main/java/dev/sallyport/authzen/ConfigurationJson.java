package dev.sallyport.authzen;

/** What we answer, and where. Subjects are not searched for, and so that has no endpoint. */
record ConfigurationJson(
        String policyDecisionPoint,
        String accessEvaluationEndpoint,
        String accessEvaluationsEndpoint,
        String searchResourceEndpoint,
        String searchActionEndpoint) {

    static ConfigurationJson at(String url) {
        var api = url + "/access/v1/";
        return new ConfigurationJson(
                url, api + "evaluation", api + "evaluations", api + "search/resource", api + "search/action");
    }
}
