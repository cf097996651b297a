package parley.match.redis;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.time.Duration;
import parley.domain.Cohort;
import parley.domain.CorrelationId;
import parley.domain.DeviceId;
import parley.domain.ParticipantId;
import parley.match.core.AiWelcome;
import parley.match.core.AiWish;
import parley.match.core.Criteria;
import parley.match.core.Language;
import parley.match.core.Level;
import parley.match.core.Pool;
import parley.match.core.Seeking;
import parley.match.core.Tag;
import parley.match.core.Ticket;
import parley.match.core.TicketId;
import parley.platform.grpc.DomainWords;
import parley.proto.storage.match.v1.StoredTicket;

/// Tickets as bytes: what scripts carry and never read.
final class StoredTickets {
  private StoredTickets() {}

  /// Whose bytes they are: what stands beside them, in key and header.
  record Owned(TicketId id, ParticipantId participant, Cohort cohort) {}

  static byte[] write(Ticket ticket) {
    Criteria criteria = ticket.criteria();
    StoredTicket.Builder stored =
        StoredTicket.newBuilder()
            .setDeviceId(ByteString.copyFrom(ticket.device().bytes()))
            .setGender(DomainWords.write(ticket.gender()))
            .setMode(DomainWords.write(criteria.pool().mode()))
            .setIntent(criteria.pool().intent())
            .addAllSeeking(criteria.seeking().named().stream().map(DomainWords::write).toList())
            .addAllTags(criteria.tags().stream().map(Tag::text).toList())
            .addAllLanguages(criteria.languages().stream().map(Language::code).toList())
            .setWidestStep(criteria.widest().step())
            .setAiWelcome(toStored(criteria.ai().welcome()))
            .setCorrelationId(ticket.correlation().text());
    Duration aiAfter = criteria.ai().after();
    if (aiAfter != null) {
      stored.setAiAfterMs((int) aiAfter.toMillis());
    }
    return stored.build().toByteArray();
  }

  static Ticket read(Owned of, byte[] bytes) {
    try {
      StoredTicket stored = StoredTicket.parseFrom(bytes);
      return new Ticket(
          of.id(),
          of.participant(),
          DeviceId.of(stored.getDeviceId().toByteArray()),
          of.cohort(),
          DomainWords.read(stored.getGender()),
          new Criteria(
              new Pool(DomainWords.read(stored.getMode()), stored.getIntent()),
              Seeking.of(stored.getSeekingList().stream().map(DomainWords::read).toList()),
              stored.getTagsList().stream().map(Tag::new).toList(),
              stored.getLanguagesList().stream().map(Language::new).toList(),
              Level.ofStep(stored.getWidestStep()),
              new AiWish(
                  toCore(stored.getAiWelcome()),
                  stored.hasAiAfterMs() ? Duration.ofMillis(stored.getAiAfterMs()) : null)),
          new CorrelationId(stored.getCorrelationId()));
    } catch (InvalidProtocolBufferException damaged) {
      throw new IllegalStateException("ticket " + of.id() + " is stored damaged", damaged);
    }
  }

  private static StoredTicket.AiWelcome toStored(AiWelcome welcome) {
    return switch (welcome) {
      case NEVER -> StoredTicket.AiWelcome.AI_WELCOME_UNSPECIFIED;
      case INSTEAD -> StoredTicket.AiWelcome.AI_WELCOME_INSTEAD;
      case MEANWHILE -> StoredTicket.AiWelcome.AI_WELCOME_MEANWHILE;
    };
  }

  private static AiWelcome toCore(StoredTicket.AiWelcome welcome) {
    return switch (welcome) {
      case AI_WELCOME_INSTEAD -> AiWelcome.INSTEAD;
      case AI_WELCOME_MEANWHILE -> AiWelcome.MEANWHILE;
      case AI_WELCOME_UNSPECIFIED, UNRECOGNIZED -> AiWelcome.NEVER;
    };
  }
}
