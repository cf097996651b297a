package parley.identity.core.port;

import java.time.Duration;
import parley.domain.DeviceId;
import parley.domain.FamilyId;

/// The only state of a family of tokens: the highest number that was presented. Each method is one
/// atomic step; a family that is not touched for `idle` is forgotten, which is the same as over.
public interface FamilyNumbers {
  /// A new family, of which no token was presented.
  void begin(FamilyId family, DeviceId device, Duration idle);

  /// A token with this number is presented.
  ///
  /// The next number, or the same again (its successor was never presented, so an answer was lost),
  /// gives the same successor each time. A number ahead of what is known is a state that was lost,
  /// and counts as next. A number behind is reuse: the family is over for everybody from this step
  /// on, and says [Advance.Reused] until it is [#end]ed.
  Advance advance(FamilyId family, DeviceId device, long presented, Duration idle);

  /// Closes the family: every number is answered with [Advance.Reused] from now on, until it is
  /// [#end]ed.
  void close(FamilyId family, DeviceId device, Duration idle);

  /// Forgets the family.
  void end(FamilyId family, DeviceId device);

  /// What came of presenting a number.
  sealed interface Advance {
    record Advanced(long successor) implements Advance {}

    record Reused() implements Advance {}

    record Over() implements Advance {}
  }
}
