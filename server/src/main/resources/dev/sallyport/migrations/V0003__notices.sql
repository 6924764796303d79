-- Where an organization wants to be told, and what it is told. Nothing here is read for a decision.

CREATE TABLE webhook (
    id              TEXT   PRIMARY KEY,
    organization_id TEXT   NOT NULL REFERENCES organization (id),
    name            TEXT   NOT NULL,
    name_folded     TEXT   ${binary} NOT NULL,
    url             TEXT   NOT NULL,
    events          TEXT   NOT NULL, -- names, sorted, a blank between
    state           TEXT   NOT NULL CHECK (state IN ('enabled', 'disabled')),
    secret          BYTEA  NOT NULL, -- sealed
    previous_secret BYTEA,           -- sealed; signs beside the new one until then
    previous_until  BIGINT,
    created_at      BIGINT NOT NULL,
    modified_at     BIGINT NOT NULL
);
CREATE INDEX webhook_listing ON webhook (organization_id, name_folded, id);

-- Without a reference to the webhook: queueing must not wait for whoever deletes it.
CREATE TABLE webhook_delivery (
    id              TEXT    PRIMARY KEY, -- the receiver's webhook-id, the same at every attempt
    webhook_id      TEXT    NOT NULL,
    organization_id TEXT    NOT NULL REFERENCES organization (id),
    event           TEXT    NOT NULL,
    payload         TEXT    NOT NULL,
    state           TEXT    NOT NULL CHECK (state IN ('waiting', 'delivered', 'given_up')),
    attempts        INTEGER NOT NULL,
    due_at          BIGINT  NOT NULL, -- while an attempt is under way, when another may begin
    attempted_at    BIGINT,
    result          TEXT,             -- of the last attempt: a status, or why there was no answer
    created_at      BIGINT  NOT NULL
);
CREATE INDEX webhook_delivery_due ON webhook_delivery (due_at) WHERE state = 'waiting';
CREATE INDEX webhook_delivery_listing ON webhook_delivery (organization_id, webhook_id, created_at);

-- A credential and the mark of 30, 7 or 1 days at which its end was announced: of several nodes, one writes the row.
CREATE TABLE expiry_notice (
    credential_id   TEXT    NOT NULL,
    days            INTEGER NOT NULL CHECK (days IN (1, 7, 30)),
    organization_id TEXT    NOT NULL REFERENCES organization (id),
    at              BIGINT  NOT NULL,
    PRIMARY KEY (credential_id, days)
);
