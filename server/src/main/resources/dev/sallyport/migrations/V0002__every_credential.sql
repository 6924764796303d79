-- Service accounts, custom roles, and one table for every stored credential.

DROP VIEW listed_token;
DROP VIEW user_fact;

-- A user who was invited and has not accepted is disabled, and invited_at says so: whatever forgets to ask errs to the safe side.
ALTER TABLE principal ADD COLUMN kind TEXT DEFAULT 'user' NOT NULL CHECK (kind IN ('user', 'service_account'));
ALTER TABLE principal ADD COLUMN title TEXT;
ALTER TABLE principal ADD COLUMN owner_id TEXT; -- the user who answers for a service account
ALTER TABLE principal ADD COLUMN invited_at BIGINT;
DROP INDEX principal_one_per_email;
-- Service accounts share the address of whoever looks after them.
CREATE UNIQUE INDEX principal_one_per_email ON principal (organization_id, email_folded)
    WHERE state <> 'removed' AND kind = 'user';
CREATE INDEX principal_owner ON principal (organization_id, owner_id) WHERE owner_id IS NOT NULL;

-- One use: accepted by a conditional update.
CREATE TABLE invitation (
    id              TEXT    PRIMARY KEY,
    organization_id TEXT    NOT NULL REFERENCES organization (id),
    principal_id    TEXT    NOT NULL REFERENCES principal (id),
    owner_epoch     INTEGER NOT NULL, -- good only while it equals the principal's
    scopes          TEXT    NOT NULL, -- what the invited held then, which whoever invited could vouch for; a blank between
    digest          BYTEA   NOT NULL,
    created_at      BIGINT  NOT NULL,
    expires_at      BIGINT  NOT NULL,
    ended_at        BIGINT            -- accepted, withdrawn or replaced
);
CREATE UNIQUE INDEX invitation_one_open ON invitation (principal_id) WHERE ended_at IS NULL;

-- A role that is not managed holds what its rows in role_permission name.
CREATE TABLE wider_role (
    id              TEXT   PRIMARY KEY,
    organization_id TEXT   NOT NULL REFERENCES organization (id),
    name            TEXT   NOT NULL,
    name_folded     TEXT   ${binary} NOT NULL,
    managed         TEXT   CHECK (managed IN ('admin', 'standard', 'read_only')),
    created_at      BIGINT NOT NULL,
    modified_at     BIGINT NOT NULL,
    UNIQUE (organization_id, name_folded)
);
INSERT INTO wider_role (id, organization_id, name, name_folded, managed, created_at, modified_at)
SELECT id, organization_id, name, name_folded, managed, created_at, modified_at FROM role;
CREATE TABLE wider_role_member (
    role_id         TEXT NOT NULL REFERENCES wider_role (id),
    principal_id    TEXT NOT NULL REFERENCES principal (id),
    organization_id TEXT NOT NULL REFERENCES organization (id),
    PRIMARY KEY (role_id, principal_id)
);
INSERT INTO wider_role_member (role_id, principal_id, organization_id)
SELECT role_id, principal_id, organization_id FROM role_member;
DROP TABLE role_member;
DROP TABLE role;
ALTER TABLE wider_role RENAME TO role;
ALTER TABLE wider_role_member RENAME TO role_member;
CREATE INDEX role_member_principal ON role_member (principal_id);
CREATE TABLE role_permission (
    role_id         TEXT NOT NULL REFERENCES role (id),
    permission      TEXT NOT NULL, -- by name
    organization_id TEXT NOT NULL REFERENCES organization (id),
    PRIMARY KEY (role_id, permission)
);

-- A principal and the ids of its roles, a blank between.
CREATE VIEW principal_fact AS
SELECT p.id, p.organization_id, p.kind, p.email, p.email_folded, p.name, p.name_folded, p.title, p.state, p.epoch,
    p.owner_id, p.invited_at, p.created_at, p.modified_at,
    (SELECT string_agg(m.role_id, ' ') FROM role_member m WHERE m.principal_id = p.id) AS roles
FROM principal p;

-- Every credential whose secret somebody keeps: it is shown once, and only its keyed digest stays here.
CREATE TABLE credential (
    id              TEXT    PRIMARY KEY,
    organization_id TEXT    NOT NULL REFERENCES organization (id),
    owner_id        TEXT    REFERENCES principal (id), -- null for an API key: it is the organization's
    kind            TEXT    NOT NULL CHECK (kind IN
                        ('personal_access_token', 'service_access_token', 'application_key', 'api_key')),
    name            TEXT    NOT NULL,
    name_folded     TEXT    ${binary} NOT NULL,
    scopes          TEXT,             -- names, sorted, a blank between; null for all that the owner holds
    addresses       TEXT,             -- CIDR ranges that it may come from, a blank between; null for anywhere
    last_four       TEXT,             -- the end of a key, by which people tell keys apart
    digest          BYTEA   NOT NULL,
    pepper_version  INTEGER NOT NULL,
    owner_epoch     INTEGER NOT NULL, -- live only while it equals the owner's
    minted_by       TEXT,             -- the credential that created it
    creator_id      TEXT,             -- the principal that created it
    created_at      BIGINT  NOT NULL,
    modified_at     BIGINT,           -- null until first modified
    modifier_id     TEXT,
    expires_at      BIGINT,           -- null for never
    revoked_at      BIGINT,
    revocation_id   TEXT              -- the act that ended it, perhaps with others
);
INSERT INTO credential (id, organization_id, owner_id, kind, name, name_folded, scopes, digest, pepper_version,
    owner_epoch, minted_by, created_at, modified_at, expires_at, revoked_at)
SELECT id, organization_id, owner_id, kind, name, name_folded, scopes, digest, pepper_version,
    owner_epoch, minted_by, created_at, modified_at, expires_at, revoked_at FROM token;
DROP TABLE token;
CREATE INDEX credential_listing ON credential (organization_id, name_folded, id) WHERE revoked_at IS NULL;
CREATE INDEX credential_owner ON credential (organization_id, owner_id, name_folded, id, owner_epoch)
    WHERE revoked_at IS NULL;
CREATE INDEX credential_age ON credential (organization_id, created_at, id) WHERE revoked_at IS NULL;
CREATE INDEX credential_minter ON credential (minted_by) WHERE minted_by IS NOT NULL;
CREATE INDEX credential_ending ON credential (expires_at) WHERE revoked_at IS NULL AND expires_at IS NOT NULL;
CREATE INDEX credential_revocation ON credential (revocation_id) WHERE revocation_id IS NOT NULL;
CREATE UNIQUE INDEX credential_api_key_name ON credential (organization_id, name_folded)
    WHERE kind = 'api_key' AND revoked_at IS NULL;

-- What only API keys have.
CREATE TABLE api_key (
    credential_id              TEXT    PRIMARY KEY REFERENCES credential (id),
    organization_id            TEXT    NOT NULL,
    category                   TEXT    NOT NULL,
    remote_config_read_enabled INTEGER NOT NULL
);

-- What people see of credentials: neither what was revoked nor what ended with an epoch of its owner.
CREATE VIEW listed_credential AS
SELECT c.id, c.organization_id, c.owner_id, c.kind, c.name, c.name_folded, c.scopes, c.addresses, c.last_four, c.minted_by,
    c.creator_id, c.created_at, c.modified_at, c.modifier_id, c.expires_at, u.last_used_at
FROM credential c
LEFT JOIN principal p ON p.id = c.owner_id
LEFT JOIN credential_use u ON u.credential_id = c.id
WHERE c.revoked_at IS NULL AND (c.owner_id IS NULL OR (p.epoch = c.owner_epoch AND p.state = 'active'));

-- The rules that an organization sets for its credentials, as one document of JSON; none before they are first set.
CREATE TABLE credential_rules (
    organization_id TEXT   PRIMARY KEY REFERENCES organization (id),
    document        TEXT   NOT NULL,
    revision        BIGINT NOT NULL, -- raised by every change, so that nobody overwrites what they have not read
    modified_at     BIGINT NOT NULL
);
