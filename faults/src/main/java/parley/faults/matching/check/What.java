package parley.faults.matching.check;

/// What a line tells. Names in -ING are written before the deed, all others after it was seen.
/// Facts that a kind of line has stand in parentheses.
public enum What {
  /// The first line: durations of this run in milliseconds (enter, settle, park, patience), and of
  /// each intent the milliseconds to language and to anyone (talk, dating: `language,anyone`).
  RUN,
  /// A new ticket is asked for (participant, device, gender, seeking, intent, tags, languages,
  /// widest).
  ASKING,
  /// A ticket is taken up by its id.
  TAKING_UP,
  /// (id).
  ACCEPTED,
  /// A waiting update with another level than before, or the first of a stream (level).
  WAITING,
  /// (proposal).
  PROPOSED,
  /// (proposal, says: yes, no).
  ANSWERING,
  /// (proposal, says, outcome: answered, over).
  ANSWERED,
  /// (session, level, tags, language, waited, relaxed: milliseconds or nothing, attempt, members:
  /// their hashes as in the grant).
  MATCHED,
  /// The next level is asked for now.
  RELAXING,
  CANCELLING,
  /// (outcome).
  CANCELLED,
  /// An ending that is not a match (how).
  ENDED,
  /// The stream stopped without an ending (status).
  BROKEN,
  /// The person drops the stream (for_good: yes, or nothing).
  LETTING_GO,
  /// An open stream, or one that opens, has said nothing for longer than it may (stream: open,
  /// opening).
  SILENT,
  /// The person is about to enter (session).
  ENTERING,
  /// What became of a match is about to be told (session, entered: tickets).
  SETTLING,
  /// (session, entered, outcome: settled, none).
  SETTLED,
  /// The inbox is told that a peer never came (id of the ticket).
  TOLD_ALONE,
  /// One is about to refuse another (device, other).
  REFUSING,
  /// (device, other).
  REFUSED,
  /// (fault); what it breaks may be broken from here on.
  FAULT_BEGINNING,
  /// (fault); repaired.
  FAULT_OVER,
  /// People stop making tickets; nothing is broken any more.
  CALM,
  /// Read from the store at the end, while everybody still waits: a ticket (participant, id,
  /// state).
  KEPT_TICKET,
  /// One who stands in a queue (participant, queue).
  KEPT_ENTRY
}
