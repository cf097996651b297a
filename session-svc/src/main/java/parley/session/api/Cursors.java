package parley.session.api;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.Base64;
import java.util.Optional;
import parley.platform.auth.Purpose;
import parley.platform.auth.Seals;
import parley.proto.token.v1.HistoryCursor;
import parley.relay.HistoryQuery.Direction;
import parley.session.core.Admission;

/// Cursors of a history, as clients carry them: sealed, so that nobody makes one up.
final class Cursors {
  private final Seals seals;

  Cursors(Seals seals) {
    this.seals = seals;
  }

  /// Where a page begins.
  record Place(int epoch, Direction direction, long offset) {}

  String write(Admission member, Place place) {
    HistoryCursor cursor =
        HistoryCursor.newBuilder()
            .setSessionId(ByteString.copyFrom(member.session().bytes()))
            .setMember(member.member())
            .setEpoch(place.epoch())
            .setOffset((int) place.offset())
            .setNewer(place.direction() == Direction.NEWER)
            .build();
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(seals.seal(Purpose.CURSOR, cursor.toByteArray()));
  }

  /// Empty if it is not one that was made for this member of this session.
  Optional<Place> read(Admission member, String text) {
    try {
      Optional<byte[]> payload = seals.open(Purpose.CURSOR, Base64.getUrlDecoder().decode(text));
      if (payload.isEmpty()) {
        return Optional.empty();
      }
      HistoryCursor cursor = HistoryCursor.parseFrom(payload.get());
      boolean own =
          cursor.getMember() == member.member()
              && cursor.getSessionId().equals(ByteString.copyFrom(member.session().bytes()));
      Direction direction = cursor.getNewer() ? Direction.NEWER : Direction.OLDER;
      return own
          ? Optional.of(
              new Place(cursor.getEpoch(), direction, Integer.toUnsignedLong(cursor.getOffset())))
          : Optional.empty();
    } catch (IllegalArgumentException | InvalidProtocolBufferException notOurs) {
      return Optional.empty();
    }
  }
}
