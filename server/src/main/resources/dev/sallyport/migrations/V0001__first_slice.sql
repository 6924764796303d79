-- One text for SQLite and PostgreSQL: ids are canonical UUID text, times are microseconds since 1970 in UTC, a folded
-- column carries what names are compared and ordered by. Every table but the feed's head carries the organization.

-- What changed, in order. The revision has no gaps: whoever appends holds the head row until the commit.
CREATE TABLE feed_head (
    id       INTEGER PRIMARY KEY CHECK (id = 1),
    revision BIGINT  NOT NULL
);
INSERT INTO feed_head (id, revision) VALUES (1, 0);

CREATE TABLE feed (
    revision        BIGINT PRIMARY KEY,
    kind            TEXT   NOT NULL,
    organization_id TEXT   NOT NULL,
    subject         TEXT   NOT NULL,
    at              BIGINT NOT NULL
);

-- Digests of a known text under each key file: a node with other keys refuses to start.
CREATE TABLE key_check (
    name  TEXT  PRIMARY KEY,
    value BYTEA NOT NULL
);

CREATE TABLE signing_key (
    id            TEXT   PRIMARY KEY,
    purpose       TEXT   NOT NULL,
    algorithm     TEXT   NOT NULL,
    public_jwk    TEXT   NOT NULL,
    sealed        BYTEA  NOT NULL,
    state         TEXT   NOT NULL CHECK (state IN ('next', 'active', 'retiring', 'retired')),
    created_at    BIGINT NOT NULL,
    changed_at    BIGINT NOT NULL
);
-- Two nodes that rotate at once: one wins.
CREATE UNIQUE INDEX signing_key_one_active ON signing_key (purpose) WHERE state = 'active';
CREATE UNIQUE INDEX signing_key_one_next ON signing_key (purpose) WHERE state = 'next';

CREATE TABLE organization (
    id         TEXT   PRIMARY KEY,
    name       TEXT   NOT NULL,
    created_at BIGINT NOT NULL
);

-- Taken by the first organization of a store: of two founders at once, one wins.
CREATE TABLE founding (
    id              INTEGER PRIMARY KEY CHECK (id = 1),
    organization_id TEXT    NOT NULL
);

CREATE TABLE principal (
    id              TEXT    PRIMARY KEY,
    organization_id TEXT    NOT NULL REFERENCES organization (id),
    email           TEXT    NOT NULL,
    email_folded    TEXT    ${binary} NOT NULL,
    name            TEXT    NOT NULL,
    name_folded     TEXT    ${binary} NOT NULL,
    state           TEXT    NOT NULL CHECK (state IN ('active', 'disabled', 'removed')),
    epoch           INTEGER NOT NULL,
    created_at      BIGINT  NOT NULL,
    modified_at     BIGINT  NOT NULL
);
CREATE UNIQUE INDEX principal_one_per_email ON principal (organization_id, email_folded) WHERE state <> 'removed';

CREATE TABLE role (
    id              TEXT   PRIMARY KEY,
    organization_id TEXT   NOT NULL REFERENCES organization (id),
    name            TEXT   NOT NULL,
    name_folded     TEXT   ${binary} NOT NULL,
    managed         TEXT   NOT NULL CHECK (managed IN ('admin', 'standard', 'read_only')),
    created_at      BIGINT NOT NULL,
    modified_at     BIGINT NOT NULL,
    UNIQUE (organization_id, name_folded)
);

CREATE TABLE role_member (
    role_id         TEXT NOT NULL REFERENCES role (id),
    principal_id    TEXT NOT NULL REFERENCES principal (id),
    organization_id TEXT NOT NULL REFERENCES organization (id),
    PRIMARY KEY (role_id, principal_id)
);
CREATE INDEX role_member_principal ON role_member (principal_id);

-- A user and which managed roles it holds.
CREATE VIEW user_fact AS
SELECT p.id, p.organization_id, p.email, p.email_folded, p.name, p.name_folded, p.state, p.epoch, p.created_at,
    p.modified_at,
    CASE WHEN EXISTS (
        SELECT 1 FROM role_member m JOIN role r ON r.id = m.role_id
        WHERE m.principal_id = p.id AND r.managed = 'admin'
    ) THEN 1 ELSE 0 END AS holds_admin,
    CASE WHEN EXISTS (
        SELECT 1 FROM role_member m JOIN role r ON r.id = m.role_id
        WHERE m.principal_id = p.id AND r.managed = 'standard'
    ) THEN 1 ELSE 0 END AS holds_standard,
    CASE WHEN EXISTS (
        SELECT 1 FROM role_member m JOIN role r ON r.id = m.role_id
        WHERE m.principal_id = p.id AND r.managed = 'read_only'
    ) THEN 1 ELSE 0 END AS holds_read_only
FROM principal p;

-- One use, one hour: redeemed by a conditional update.
CREATE TABLE setup_link (
    id              TEXT   PRIMARY KEY,
    organization_id TEXT   NOT NULL REFERENCES organization (id),
    principal_id    TEXT   NOT NULL REFERENCES principal (id),
    owner_epoch     INTEGER NOT NULL, -- good only while it equals the principal's
    digest          BYTEA  NOT NULL,
    created_at      BIGINT NOT NULL,
    expires_at      BIGINT NOT NULL,
    redeemed_at     BIGINT
);
-- A new link replaces the open one, also when two nodes make one at once.
CREATE UNIQUE INDEX setup_link_one_open ON setup_link (principal_id) WHERE redeemed_at IS NULL;

CREATE TABLE token (
    id              TEXT    PRIMARY KEY,
    organization_id TEXT    NOT NULL REFERENCES organization (id),
    owner_id        TEXT    NOT NULL REFERENCES principal (id),
    kind            TEXT    NOT NULL CHECK (kind IN ('personal_access_token')),
    name            TEXT    NOT NULL,
    name_folded     TEXT    ${binary} NOT NULL,
    scopes          TEXT    NOT NULL, -- names, sorted, a blank between
    digest          BYTEA   NOT NULL,
    pepper_version  INTEGER NOT NULL,
    owner_epoch     INTEGER NOT NULL, -- live only while it equals the owner's
    minted_by       TEXT,             -- the credential that created it
    created_at      BIGINT  NOT NULL,
    modified_at     BIGINT,           -- null until first modified
    expires_at      BIGINT  NOT NULL,
    revoked_at      BIGINT
);
CREATE INDEX token_listing ON token (organization_id, name_folded, id) WHERE revoked_at IS NULL;
CREATE INDEX token_owner ON token (organization_id, owner_id, name_folded, id, owner_epoch) WHERE revoked_at IS NULL;

-- Apart from the credential's own row: a use must never touch what proves a secret.
CREATE TABLE credential_use (
    credential_id   TEXT   PRIMARY KEY,
    organization_id TEXT   NOT NULL,
    last_used_at    BIGINT NOT NULL
);

-- What people see of tokens: neither what was revoked nor what ended with an epoch of its owner.
CREATE VIEW listed_token AS
SELECT token.id, token.organization_id, token.owner_id, token.name, token.name_folded, token.scopes, token.minted_by,
       token.created_at, token.modified_at, token.expires_at, credential_use.last_used_at
FROM token
JOIN principal ON principal.id = token.owner_id AND principal.epoch = token.owner_epoch AND principal.state = 'active'
LEFT JOIN credential_use ON credential_use.credential_id = token.id
WHERE token.revoked_at IS NULL;

-- An imported API belongs to the organization that imported it, and admits that one.
CREATE TABLE api (
    id              TEXT    PRIMARY KEY,
    organization_id TEXT    NOT NULL REFERENCES organization (id),
    title           TEXT    NOT NULL,
    host            TEXT    NOT NULL,
    operations      TEXT    NOT NULL, -- JSON, as read from the OpenAPI document
    operation_count INTEGER NOT NULL, -- a list of APIs need not read their operations
    created_at      BIGINT  NOT NULL,
    modified_at     BIGINT  NOT NULL
);
CREATE INDEX api_of_organization ON api (organization_id);

-- Changes, written in the transaction that made them. The order is that of the commits on one node's index.
CREATE TABLE change_event (
    id              TEXT   PRIMARY KEY,
    sequence        BIGINT NOT NULL UNIQUE,
    organization_id TEXT   NOT NULL,
    at              BIGINT NOT NULL,
    action          TEXT   NOT NULL,
    record          TEXT   NOT NULL  -- JSON
);
CREATE TABLE change_head (
    id       INTEGER PRIMARY KEY CHECK (id = 1),
    sequence BIGINT  NOT NULL
);
INSERT INTO change_head (id, sequence) VALUES (1, 0);
