package parley.faults.history;

/// What a line tells. Names in -ING are written before the deed, all others after it was seen.
public enum What {
  /// A member asks to be let in. `stream`; `place` it stands at, absent for the start of the log;
  /// `text` is the way it takes.
  ENTERING,
  /// It is in. `stream`, `attachment`, own number in `member`, its next `sequence`, the tip as
  /// `place`.
  ENTERED,
  /// It is about to send a text, again perhaps. `stream` whose attachment it uses, `sequence`,
  /// `text`.
  SENDING,
  /// On the stream, in its order: an own text is stored. `stream`, `sequence`, `place`.
  STORED,
  /// Beside the stream, by the answer to a Send: the same.
  STORED_ASIDE,
  /// A text was stored before. `stream`, `sequence`; `place` unless it is too far back.
  DUPLICATE,
  /// A text was not taken. `stream`, `sequence`; `text` is the outcome.
  REFUSED,
  /// An envelope. `stream`, `place`, author in `member`, `sequence` if told, `text`.
  READ,
  /// Everything up to the tip at entering was given. `stream`, `place`.
  CAUGHT_UP,
  /// Something cannot be kept. `stream`; reading goes on after `place`; `text` is the reason.
  RESET,
  /// What is said of a member's presence. `stream`, `member`; `text` is the presence.
  PRESENCE,
  /// The server ended a stream in its own words. `stream`; `text` is reason and next.
  ENDED,
  /// A stream stopped without that. `stream`; `text` is the status.
  BROKEN,
  /// The member is about to drop a stream without a word. `stream`.
  LETTING_GO,
  /// After a reset a text becomes "not sent". `sequence`, `text`.
  GIVING_UP,
  /// Everything this member sent is answered, and it has read all that it knows of. The last lines
  /// after it are a fresh reading from the start.
  SETTLED,

  /// In the file of the run: a fault is about to begin. `text` says which.
  FAULT_BEGINNING,
  /// A fault is over: what it broke is repaired.
  FAULT_OVER,
  /// A node has let half of its lease go by, or all: it is gone, or stands still, as everything
  /// does on a machine that is busy with something else. `text` is its name.
  LATE,
  /// From here on nothing is broken, and no member drops a stream.
  CALM,

  /// In the file of a kept log, read from where it is stored: one entry. `place`, `member`,
  /// `attachment`, `sequence`, `text`.
  KEPT
}
