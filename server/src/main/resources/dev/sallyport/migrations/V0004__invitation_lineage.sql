-- What came of an invitation ends with the descendants of the credential that made it.

ALTER TABLE invitation ADD COLUMN minted_by TEXT; -- that credential; null for one from before it was kept
