package parley.bot.clients;

import com.google.protobuf.ByteString;
import parley.bot.core.Invitation;
import parley.bot.core.port.Sessions;
import parley.client.Parley;
import parley.client.call.ClientTimes;
import parley.client.conversation.ConversationState;
import parley.client.identity.Caller;
import parley.domain.ParticipantId;
import parley.platform.discovery.MeshChannels;
import parley.platform.discovery.ServiceName;
import parley.proto.session.v1.ReadReceipts;

/// Enters conversations at session-svc's serving ports, found in the directory, around the door. A
/// connection or a node that is gone is replaced by another, as for any client.
public final class MeshSessions implements Sessions {
  private final Parley parley;
  private final AiPasses passes;

  /// @param mesh closed by its owner, after all conversations
  public MeshSessions(MeshChannels mesh) {
    this.parley = Parley.over(mesh.serving(ServiceName.SESSION), ClientTimes.DEFAULTS);
    this.passes = new AiPasses(mesh);
  }

  @Override
  public Voice enter(ParticipantId peer, Invitation invitation, Events events) {
    Caller caller =
        parley.caller(
            () -> passes.issue(peer, invitation.person().cohort(), invitation.correlation()));
    ConversationState state =
        ConversationState.toEnter(
            invitation.session().text(),
            ByteString.copyFrom(invitation.grant().bytes()),
            invitation.correlation().text(),
            ReadReceipts.READ_RECEIPTS_SHOWN);
    ConversationVoice voice = new ConversationVoice(events);
    voice.speakBy(parley.resume(caller, state, voice));
    return voice;
  }
}
