package parley.session.redis;

import com.google.protobuf.InvalidProtocolBufferException;
import parley.domain.CorrelationId;
import parley.platform.grpc.DomainWords;
import parley.proto.storage.session.v1.SessionAbout;
import parley.session.core.About;

/// What is kept beside a session, as `parley.storage.session.v1.SessionAbout`.
final class StoredAbout {
  private StoredAbout() {}

  static byte[] write(About about) {
    SessionAbout.Builder out =
        SessionAbout.newBuilder()
            .setMode(DomainWords.write(about.mode()))
            .setCohort(DomainWords.write(about.cohort()))
            .setCorrelationId(about.match().text());
    about.kinds().forEach(kind -> out.addKinds(DomainWords.write(kind)));
    return out.build().toByteArray();
  }

  /// @throws IllegalArgumentException if it is none
  static About read(byte[] bytes) {
    try {
      SessionAbout stored = SessionAbout.parseFrom(bytes);
      return new About(
          DomainWords.read(stored.getMode()),
          DomainWords.read(stored.getCohort()),
          stored.getKindsList().stream().map(DomainWords::read).toList(),
          new CorrelationId(stored.getCorrelationId()));
    } catch (InvalidProtocolBufferException broken) {
      throw new IllegalArgumentException(bytes.length + " bytes say nothing of a session", broken);
    }
  }
}
