package parley.relay;

import java.util.List;
import parley.domain.Position;

/// Where a session's log stands.
///
/// @param tip the last entry's position, or the start
/// @param members by number; the first is member 1
public record LogState(boolean open, Position tip, List<MemberState> members) {
  public LogState {
    members = List.copyOf(members);
  }

  public int epoch() {
    return tip.epoch();
  }

  public MemberState member(int number) {
    return members.get(number - 1);
  }

  public boolean allHaveEntered() {
    return members.stream().allMatch(MemberState::hasEntered);
  }
}
