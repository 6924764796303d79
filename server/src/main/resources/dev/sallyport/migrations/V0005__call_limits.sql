-- How many calls an organization and its credentials may make; counted in memory, never here.
CREATE TABLE call_limits (
    organization_id TEXT   PRIMARY KEY REFERENCES organization (id),
    document        TEXT   NOT NULL,
    revision        BIGINT NOT NULL, -- raised by every change, so that nobody overwrites what they have not read
    modified_at     BIGINT NOT NULL
);
