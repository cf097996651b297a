package parley.session.core;

import parley.relay.Bucket;
import parley.relay.LogState;

/// What is done elsewhere because a member came or went. Does not block.
public record MemberErrands(SettleErrands settling, ReplaceErrands replacing) {
  /// Whoever has a pass was there before, and has changed nothing for anybody elsewhere.
  void entered(Admission member, LogState state) {
    if (member.enterBy() == null) {
      return;
    }
    settling.entered(member.session(), state);
    replacing.entered(member);
  }

  void left(Admission member) {
    settling.soon(Bucket.of(member.session()));
  }
}
