package parley.session.api;

import org.jspecify.annotations.Nullable;
import parley.platform.grpc.Failures;
import parley.proto.session.v1.ListMessagesRequest;
import parley.proto.session.v1.ListMessagesResponse;
import parley.proto.session.v1.MessagePage;
import parley.proto.session.v1.TextGone;
import parley.relay.HistoryQuery;
import parley.relay.HistoryQuery.Direction;
import parley.session.core.Admission;
import parley.session.core.Recall;
import parley.session.core.RecallResult;

/// Reading back, mapped to the core and back.
final class HistoryCalls {
  private static final int USUAL_PAGE = 50;

  private final Recall recall;
  private final Cursors cursors;

  HistoryCalls(Recall recall, Cursors cursors) {
    this.recall = recall;
    this.cursors = cursors;
  }

  ListMessagesResponse list(Admission member, ListMessagesRequest request) {
    int count = request.getPageSize() == 0 ? USUAL_PAGE : request.getPageSize();
    if (request.getCursor().isEmpty()) {
      return answer(member, HistoryQuery.newest(count), null);
    }
    Cursors.Place place =
        cursors
            .read(member, request.getCursor())
            .orElseThrow(
                () ->
                    Failures.invalid(
                        "cursor",
                        "was not made for this member",
                        "one from an earlier answer, or none"));
    return answer(member, new HistoryQuery(place.direction(), place.offset(), count), place);
  }

  private ListMessagesResponse answer(
      Admission member, HistoryQuery query, Cursors.@Nullable Place place) {
    return switch (recall.page(member, query)) {
      case RecallResult.Page page when place == null || place.epoch() == page.epoch() ->
          ListMessagesResponse.newBuilder().setPage(page(member, query, page)).build();
      // Else of a log that was lost.
      case RecallResult.Page _, RecallResult.TextGone _ ->
          ListMessagesResponse.newBuilder().setTextGone(TextGone.getDefaultInstance()).build();
      case RecallResult.Unavailable _ -> throw Failures.unavailable();
    };
  }

  private MessagePage page(Admission member, HistoryQuery query, RecallResult.Page page) {
    MessagePage.Builder out = MessagePage.newBuilder();
    page.envelopes().forEach(envelope -> out.addEnvelopes(FrameMapper.envelope(envelope)));
    boolean none = page.envelopes().isEmpty();
    if (page.older()) {
      long first = none ? query.from() + 1 : page.envelopes().getFirst().position().offset();
      out.setOlderCursor(cursor(member, page, Direction.OLDER, first));
    }
    if (page.newer()) {
      long last = none ? query.from() - 1 : page.envelopes().getLast().position().offset();
      out.setNewerCursor(cursor(member, page, Direction.NEWER, last));
    }
    return out.build();
  }

  private String cursor(
      Admission member, RecallResult.Page page, Direction direction, long offset) {
    return cursors.write(member, new Cursors.Place(page.epoch(), direction, offset));
  }
}
