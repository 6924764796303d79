package dev.sallyport.bench;

import java.util.List;

/** The calls that are made, and the scopes that allow all of them. */
final class Calls {

    /** Paths of the shipped catalogue that the smallest of {@link #SCOPE_SETS} allows. */
    static final List<String> PATHS = List.of(
            "/api/v1/dashboard",
            "/api/v1/dashboard/abc-def-ghi",
            "/api/v1/dashboard/lists/manual",
            "/api/v1/dashboard/lists/manual/4711",
            "/api/v1/events",
            "/api/v1/events/6281234567890123456",
            "/api/v2/events?filter%5Bquery%5D=source%3Adeploy&page%5Blimit%5D=50",
            "/api/v1/metrics?from=1763900000",
            "/api/v1/metrics/system.cpu.user",
            "/api/v2/metrics/system.load.1/all-tags",
            "/api/v2/metrics/http.server.requests/tags",
            "/api/v1/monitor?page=0&page_size=100",
            "/api/v1/monitor/123456789",
            "/api/v1/monitor/search?query=type%3Ametric",
            "/api/v2/monitor/policy",
            "/api/v2/monitor/notification_rule",
            "/api/v1/slo?limit=25",
            "/api/v1/slo/0f2b8c1c4d5e6f708192a3b4c5d6e7f8",
            "/api/v1/slo/0f2b8c1c4d5e6f708192a3b4c5d6e7f8/history?from_ts=1763800000&to_ts=1763900000",
            "/api/v1/slo/correction");

    /** Sorted names, as they are stored. Many tokens share few sets. */
    static final List<String> SCOPE_SETS = List.of(
            "dashboards_read events_read metrics_read monitors_read slos_read",
            "dashboards_read events_read hosts_read metrics_read monitors_read slos_read timeseries_query",
            "dashboards_read dashboards_write events_read metrics_read monitors_read monitors_write slos_read slos_write",
            "dashboards_read events_read incident_read metrics_read monitors_downtime monitors_read slos_read teams_read",
            "dashboards_read events_read metrics_read monitors_read slos_read synthetics_read synthetics_write usage_read",
            "apm_service_catalog_read ci_visibility_read dashboards_read events_read logs_read_data metrics_read"
                    + " monitors_read notebooks_read slos_read teams_read user_access_read");

    /** Their places in the list say which team and use; the number is added. */
    static final List<String> NAMES = List.of(
            "terraform",
            "ci deploy",
            "grafana exporter",
            "on-call bot",
            "nightly report",
            "k8s operator",
            "backstage sync");

    private Calls() {}
}
