-- Which history the revisions belong to. Empty until the first restore; every restore begins another one, so that whoever
-- remembers a revision of the past notices that it was a revision of something else.
ALTER TABLE feed_head ADD COLUMN epoch TEXT NOT NULL DEFAULT '';
