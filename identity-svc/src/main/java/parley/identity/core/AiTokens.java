package parley.identity.core;

import java.time.Duration;
import parley.domain.Cohort;
import parley.domain.DeviceId;
import parley.domain.FamilyId;
import parley.domain.Gender;
import parley.domain.MemberKind;
import parley.domain.ParticipantId;
import parley.domain.Principal;
import parley.identity.core.port.TokenForms;

/// Access tokens of AI peers. There is nothing to refresh them by: whoever may ask for one asks
/// again.
///
/// An AI peer has no device and no family of tokens; both are named after it, so that all its
/// tokens are of one family, and can be revoked as a guest's can.
public final class AiTokens {
  private final TokenForms forms;

  public AiTokens(TokenForms forms) {
    this.forms = forms;
  }

  /// A token of kind AI that counts from now for `life`.
  public String issue(ParticipantId peer, Cohort cohort, Duration life) {
    Principal who =
        new Principal(
            peer,
            DeviceId.of(peer.bytes()),
            FamilyId.of(peer.bytes()),
            cohort,
            Gender.UNSTATED,
            MemberKind.AI);
    return forms.access(who, life);
  }
}
