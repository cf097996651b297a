package parley.relay.redis;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import parley.domain.NodeId;
import parley.domain.SessionId;
import parley.proto.storage.relay.v1.CommittedEntries;
import parley.proto.storage.relay.v1.CommittedEntry;
import parley.proto.storage.relay.v1.LogTip;
import parley.proto.storage.relay.v1.MemberAttached;
import parley.proto.storage.relay.v1.MemberReceived;
import parley.proto.storage.relay.v1.MemberSigned;
import parley.proto.storage.relay.v1.Murmur;
import parley.proto.storage.relay.v1.NoticeBatch;
import parley.proto.storage.relay.v1.SessionClosed;
import parley.proto.storage.relay.v1.StoredSign;
import parley.relay.Body;
import parley.relay.Closing;
import parley.relay.LogEntry;
import parley.relay.Notice;
import parley.relay.Receipt;
import parley.relay.Sign;

/// Notices as bytes.
final class NoticeCodec {
  private NoticeCodec() {}

  static byte[] write(List<Notice> notices) {
    NoticeBatch.Builder batch = NoticeBatch.newBuilder();
    notices.forEach(notice -> batch.addNotices(written(notice)));
    return batch.build().toByteArray();
  }

  /// Notices of a kind that is not known here are left out.
  ///
  /// @throws IllegalArgumentException if it is no batch
  static List<Notice> read(byte[] bytes) {
    try {
      List<Notice> notices = new ArrayList<>();
      for (var notice : NoticeBatch.parseFrom(bytes).getNoticesList()) {
        read(notice).ifPresent(notices::add);
      }
      return notices;
    } catch (InvalidProtocolBufferException broken) {
      throw new IllegalArgumentException(
          bytes.length + " bytes are no notices: " + broken.getMessage(), broken);
    }
  }

  private static parley.proto.storage.relay.v1.Notice written(Notice notice) {
    var out =
        parley.proto.storage.relay.v1.Notice.newBuilder()
            .setSessionId(ByteString.copyFrom(notice.session().bytes()));
    switch (notice) {
      case Notice.Entries entries -> out.setEntries(written(entries));
      case Notice.Attached attached ->
          out.setAttached(
              MemberAttached.newBuilder()
                  .setMember(attached.member())
                  .setAttachment((int) attached.attachment())
                  .setNode(attached.node().text()));
      case Notice.Signed signed ->
          out.setSigned(
              MemberSigned.newBuilder()
                  .setMember(signed.member())
                  .setAttachment((int) signed.attachment())
                  .setSign(
                      switch (signed.sign()) {
                        case HERE -> StoredSign.STORED_SIGN_HERE;
                        case AWAY -> StoredSign.STORED_SIGN_AWAY;
                      }));
      case Notice.Received received ->
          out.setReceived(
              MemberReceived.newBuilder()
                  .setMember(received.member())
                  .setDeliveredOffset((int) received.receipt().delivered())
                  .setReadOffset((int) received.receipt().read()));
      case Notice.Tip tip -> out.setTip(LogTip.newBuilder().setOffset((int) tip.offset()));
      case Notice.Closed closed ->
          out.setClosed(
              SessionClosed.newBuilder()
                  .setTip((int) closed.tip())
                  .setBy(closed.closing().by())
                  .setReason(closed.closing().reason()));
      case Notice.Murmur murmur ->
          out.setMurmur(
              Murmur.newBuilder()
                  .setMember(murmur.member())
                  .setBody(UnsafeByteOperations.unsafeWrap(murmur.body().bytes())));
    }
    return out.build();
  }

  private static CommittedEntries written(Notice.Entries entries) {
    CommittedEntries.Builder out =
        CommittedEntries.newBuilder()
            .setEpoch(entries.epoch())
            .setPreviousCheck(entries.previousCheck())
            .setFirstOffset((int) entries.entries().getFirst().offset());
    for (LogEntry entry : entries.entries()) {
      out.addEntries(
          CommittedEntry.newBuilder()
              .setCheck(entry.check())
              .setMember(entry.member())
              .setSequence((int) entry.sequence())
              .setAtMs(entry.at().toEpochMilli())
              .setBody(UnsafeByteOperations.unsafeWrap(entry.body().bytes())));
    }
    return out.build();
  }

  private static Optional<Notice> read(parley.proto.storage.relay.v1.Notice notice) {
    SessionId session = SessionId.of(notice.getSessionId().toByteArray());
    return switch (notice.getWhatCase()) {
      case ENTRIES -> Optional.of(entries(session, notice.getEntries()));
      case ATTACHED -> {
        MemberAttached attached = notice.getAttached();
        yield Optional.of(
            new Notice.Attached(
                session,
                attached.getMember(),
                Integer.toUnsignedLong(attached.getAttachment()),
                new NodeId(attached.getNode())));
      }
      case SIGNED -> signed(session, notice.getSigned());
      case RECEIVED -> {
        MemberReceived received = notice.getReceived();
        Receipt receipt =
            new Receipt(
                Integer.toUnsignedLong(received.getDeliveredOffset()),
                Integer.toUnsignedLong(received.getReadOffset()));
        yield Optional.of(new Notice.Received(session, received.getMember(), receipt));
      }
      case TIP ->
          Optional.of(new Notice.Tip(session, Integer.toUnsignedLong(notice.getTip().getOffset())));
      case CLOSED -> {
        SessionClosed closed = notice.getClosed();
        Closing closing = new Closing(closed.getBy(), closed.getReason());
        yield Optional.of(
            new Notice.Closed(session, Integer.toUnsignedLong(closed.getTip()), closing));
      }
      case MURMUR ->
          Optional.of(
              new Notice.Murmur(
                  session,
                  notice.getMurmur().getMember(),
                  Body.of(notice.getMurmur().getBody().toByteArray())));
      case WHAT_NOT_SET -> Optional.empty();
    };
  }

  private static Optional<Notice> signed(SessionId session, MemberSigned in) {
    long attachment = Integer.toUnsignedLong(in.getAttachment());
    return switch (in.getSign()) {
      case STORED_SIGN_HERE ->
          Optional.of(new Notice.Signed(session, in.getMember(), attachment, Sign.HERE));
      case STORED_SIGN_AWAY ->
          Optional.of(new Notice.Signed(session, in.getMember(), attachment, Sign.AWAY));
      case STORED_SIGN_UNSPECIFIED, UNRECOGNIZED -> Optional.empty();
    };
  }

  private static Notice entries(SessionId session, CommittedEntries in) {
    List<LogEntry> entries = new ArrayList<>(in.getEntriesCount());
    long offset = Integer.toUnsignedLong(in.getFirstOffset());
    for (CommittedEntry entry : in.getEntriesList()) {
      entries.add(
          new LogEntry(
              offset++,
              entry.getCheck(),
              entry.getMember(),
              Integer.toUnsignedLong(entry.getSequence()),
              Instant.ofEpochMilli(entry.getAtMs()),
              Body.of(entry.getBody().toByteArray())));
    }
    return new Notice.Entries(session, in.getEpoch(), in.getPreviousCheck(), entries);
  }
}
