-- Who talked with whom, when, and how it ended; never a word of it. Parts of a week each: old ones are dropped whole.
CREATE TABLE sessions (
  id bytea NOT NULL CHECK (octet_length(id) = 16),
  opened timestamptz NOT NULL,
  mode text NOT NULL,
  cohort text NOT NULL,
  closed timestamptz,
  lasted interval GENERATED ALWAYS AS (closed - opened) STORED,
  why text,
  -- The query that writes a row anew, and who asks for one session.
  PRIMARY KEY (id, opened)
) PARTITION BY RANGE (opened);

CREATE TABLE members (
  session bytea NOT NULL,
  opened timestamptz NOT NULL,
  number smallint NOT NULL,
  kind text NOT NULL,
  participant bytea NOT NULL CHECK (octet_length(participant) = 8),
  device bytea CHECK (octet_length(device) = 8),
  PRIMARY KEY (session, opened, number)
) PARTITION BY RANGE (opened);

-- Who reported whom, and for what. Words stand here and in evidence alone.
CREATE TABLE reports (
  id bytea NOT NULL CHECK (octet_length(id) = 16),
  at timestamptz NOT NULL,
  session bytea NOT NULL CHECK (octet_length(session) = 16),
  by_participant bytea NOT NULL CHECK (octet_length(by_participant) = 8),
  by_device bytea CHECK (octet_length(by_device) = 8),
  whom_participant bytea NOT NULL CHECK (octet_length(whom_participant) = 8),
  whom_device bytea CHECK (octet_length(whom_device) = 8),
  reason text NOT NULL,
  comment text NOT NULL DEFAULT '',
  PRIMARY KEY (id, at)
) PARTITION BY RANGE (at);

-- What a report froze: the last texts of the reported member with their context, in the order of the log.
CREATE TABLE evidence (
  report bytea NOT NULL,
  at timestamptz NOT NULL,
  number integer NOT NULL,
  entry bytea NOT NULL,
  PRIMARY KEY (report, at, number)
) PARTITION BY RANGE (at);
