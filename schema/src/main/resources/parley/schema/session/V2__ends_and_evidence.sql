-- Which member ended a session; 0 if none of them did.
ALTER TABLE sessions ADD closed_by smallint;

-- Whose entry a piece of evidence is, when it was written, and its words as they can be read; `entry` is how it was stored.
ALTER TABLE evidence ADD member smallint NOT NULL, ADD said timestamptz NOT NULL, ADD words text;
