-- Who must not meet whom again, whichever of them asks. Kept until somebody takes it back.
CREATE TABLE blocks (
  by_participant bytea NOT NULL CHECK (octet_length(by_participant) = 8),
  whom_participant bytea NOT NULL CHECK (octet_length(whom_participant) = 8),
  by_device bytea CHECK (octet_length(by_device) = 8),
  whom_device bytea CHECK (octet_length(whom_device) = 8),
  cohort text NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  -- Repeating a block changes nothing; and the order in which all are read back into Redis.
  PRIMARY KEY (by_participant, whom_participant)
);
