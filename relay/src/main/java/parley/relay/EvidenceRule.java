package parley.relay;

/// What a report freezes.
///
/// @param entries the last ones of the reported member
/// @param before entries of others before each of them
/// @param reports that one member may make in one session
public record EvidenceRule(int entries, int before, int reports) {
  public static final EvidenceRule DEFAULTS = new EvidenceRule(50, 5, 4);
}
