package dev.sallyport.authzen;

/** What we answer, and where. Subjects are not searched for, and so that has no endpoint. */
record ConfigurationJson(
        String policyDecisionPoint, String accessEvaluationEndpoint, String accessEvaluationsEndpoint) {

    static ConfigurationJson at(String url) {
        return new ConfigurationJson(url, url + "/access/v1/evaluation", url + "/access/v1/evaluations");
    }
}
