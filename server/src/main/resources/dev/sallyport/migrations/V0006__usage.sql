-- How often each credential called each operation, by UTC day. Every node writes rows of its own, from its decision log.

CREATE TABLE credential_usage (
    organization_id TEXT    NOT NULL,
    credential_id   TEXT    NOT NULL, -- no reference: a count may arrive after its credential has ended
    day             INTEGER NOT NULL, -- days since 1970
    api             TEXT    NOT NULL, -- empty, like the operation, where no operation matched
    operation       TEXT    NOT NULL,
    node            INTEGER NOT NULL,
    allowed         BIGINT  NOT NULL,
    refused         BIGINT  NOT NULL,
    hours           INTEGER NOT NULL, -- one bit for each hour of the day in which there was a call, the lowest for midnight
    last_at         BIGINT  NOT NULL,
    PRIMARY KEY (organization_id, credential_id, day, api, operation, node)
);
CREATE INDEX credential_usage_age ON credential_usage (day);

-- The day on which the first node began to count: what was called before is not in the rows above.
CREATE TABLE usage_counting (
    id        INTEGER PRIMARY KEY CHECK (id = 1),
    since_day INTEGER NOT NULL
);
