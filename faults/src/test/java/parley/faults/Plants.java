package parley.faults;

import java.util.List;
import parley.faults.Plant.Edit;

/// The bugs of this kind of system that the checker must catch, and what it must not.
final class Plants {
  private static final String SUBSCRIPTION = "relay/src/main/java/parley/relay/Subscription.java";
  private static final String AUDIENCE = "relay/src/main/java/parley/relay/Audience.java";
  private static final String REPLICA_WAIT =
      "platform/src/main/java/parley/platform/redis/ReplicaWait.java";
  private static final String APPEND = "relay/src/main/resources/parley/relay/redis/log_append.lua";

  private static final Plant RETRY_OF_THE_FIRST_AFTER_THE_SECOND =
      plant(
          "retry of the first after the second",
          Setting.TALK,
          edit(APPEND, "elseif answer == 'S' and sequence > row[2] + 1 then", "elseif false then"),
          edit(APPEND, "  return 'd'\n", "  return 'S'\n"));

  private static final Plant ACK_AS_ENVELOPE =
      plant(
          "ack as envelope",
          Setting.TALK,
          edit(
              "session-svc/src/main/java/parley/session/core/FrameCollector.java",
              """
                  if (own && order.stored(entry.sequence(), stored)) {
                    return;
                  }
              """,
              "    if (own) {\n      order.stored(entry.sequence(), stored);\n    }\n"));

  private static final Plant EPOCH_WITHOUT_CHECK =
      plant(
          "epoch without check",
          Setting.TAIL_LOST,
          edit(SUBSCRIPTION, "first.check() != cursor.check()", "false"),
          edit(SUBSCRIPTION, "&& check == cursor.check()", ""),
          edit(
              SUBSCRIPTION,
              "entries.getFirst().offset() <= cursor.offset() && origin == Origin.OWN_COMMIT",
              "false"));

  /// Batches are given up soon, so that many are tried while the replica is parted.
  private static final Plant WAIT_SKIPPED_ON_A_DUPLICATE =
      plant(
          "wait skipped on a duplicate",
          Setting.REPLICA_PARTED,
          edit(
              "platform/src/main/java/parley/platform/redis/Exchange.java",
              "    if (asked) {\n      replicas.await(",
              """
              if (asked && replies.stream().noneMatch(reply -> reply instanceof List<?> answers
                  && answers.size() > 1 && answers.get(1) instanceof byte[] answer
                  && answer.length > 0 && answer[0] == 'D')) {
                replicas.await(\
              """),
          edit(
              REPLICA_WAIT,
              "ONE_WAIT = Duration.ofSeconds(1)",
              "ONE_WAIT = Duration.ofMillis(200)"),
          edit(REPLICA_WAIT, "PATIENCE = Duration.ofSeconds(4)", "PATIENCE = Duration.ZERO"));

  private static final Plant LATE_CANCEL_MARKS_A_RETURNED_MEMBER_AWAY =
      plant(
          "late cancel marks a returned member away",
          Setting.LATE_CANCELS,
          edit(
              "relay/src/main/resources/parley/relay/redis/log_sign.lua",
              "(member - 1) * 16) == attachment",
              "(member - 1) * 16) >= attachment"),
          edit(
              AUDIENCE,
              "kept.facts().state().member(signed.member()).attachment() == signed.attachment();",
              """
              true;
              signed =
                  new Notice.Signed(
                      signed.session(),
                      signed.member(),
                      kept.facts().state().member(signed.member()).attachment(),
                      signed.sign());
              """));

  private static final Plant LOST_NOTICE_NOT_HEALED =
      plant(
          "lost notice not healed",
          Setting.TALK,
          edit(
              "relay/src/main/java/parley/relay/redis/RedisNeighbours.java",
              "notices.publish(node, NoticeCodec.write(told));",
              "if (System.nanoTime() / 1_000 % 8 == 0) {\n"
                  + "      notices.publish(node, NoticeCodec.write(told));\n    }"),
          edit(AUDIENCE, "hosted.isOfPart(part, PARTS) && !hosted.isWhole()", "false"));

  private static final Plant ATTACHMENT_FENCE_OFF =
      plant(
          "attachment fence off",
          Setting.TALK,
          edit(APPEND, "if attachment ~= row[1] and", "if false and"),
          edit(
              "session-svc/src/main/java/parley/session/core/Conversations.java",
              "== attachment",
              ">= 0"));

  private static final Plant SEQUENCE_CHECK_OFF =
      plant(
          "sequence check off",
          Setting.TALK,
          edit(APPEND, "elseif answer == 'S' and sequence > row[2] + 1 then", "elseif false then"));

  private static final Plant REPEATED_TEXT_STORED_AGAIN =
      plant(
          "repeated text stored again",
          Setting.TALK,
          edit(APPEND, "if sequence <= row[2] then", "if false then"));

  /// What the prototype did first: whatever is not after the cursor is dropped, and what is read
  /// begins after it, so that a stream which outlives its log's tail goes on in another history.
  private static final Plant REPLAY_WITHOUT_THE_CURSOR =
      plant(
          "replay without the cursor",
          Setting.TAIL_LOST,
          edit(
              SUBSCRIPTION,
              "host.read(this, Math.max(1, cursor.offset()),",
              "host.read(this, cursor.offset() + 1,"),
          edit(
              SUBSCRIPTION, "if (first.offset() > Math.max(cursor.offset(), 1)) {", "if (false) {"),
          edit(SUBSCRIPTION, "if (!cursor.equals(tip)) {", "if (false) {"),
          edit(
              SUBSCRIPTION,
              "if (cursor.offset() > tip.offset()) {\n"
                  + "      reset(ResetReason.LOG_DIVERGED, tip);\n      return",
              "if (cursor.offset() > tip.offset()) {\n      return"),
          edit(
              SUBSCRIPTION,
              "entries.getFirst().offset() <= cursor.offset() && origin == Origin.OWN_COMMIT",
              "false"));

  /// The node goes on where it stood with the member, not where the member says that it stands.
  private static final Plant CURSOR_KEPT_OVER_A_RECONNECT =
      plant(
          "cursor kept over a reconnect",
          Setting.TALK,
          edit(
              SUBSCRIPTION,
              "  private final SubscriptionHost host;\n",
              """
                private static final java.util.Map<String, Position> STOOD =
                    new java.util.concurrent.ConcurrentHashMap<>();
                private final SubscriptionHost host;
              """),
          edit(
              SUBSCRIPTION,
              "    cursor = wanted == null ? Position.start(tip.epoch()) : wanted;\n",
              """
                  cursor = wanted == null ? Position.start(tip.epoch()) : wanted;
                  cursor = STOOD.getOrDefault(session().text() + arrival.member(), cursor);
              """),
          edit(
              SUBSCRIPTION,
              "      cursor = entries.getLast().position(cursor.epoch());\n",
              """
                    cursor = entries.getLast().position(cursor.epoch());
                    STOOD.put(session().text() + arrival.member(), cursor);
              """));

  private Plants() {}

  /// Runs without any bug come last.
  static List<Plant> all() {
    return List.of(
        RETRY_OF_THE_FIRST_AFTER_THE_SECOND,
        ACK_AS_ENVELOPE,
        EPOCH_WITHOUT_CHECK,
        WAIT_SKIPPED_ON_A_DUPLICATE,
        LATE_CANCEL_MARKS_A_RETURNED_MEMBER_AWAY,
        LOST_NOTICE_NOT_HEALED,
        ATTACHMENT_FENCE_OFF,
        SEQUENCE_CHECK_OFF,
        REPEATED_TEXT_STORED_AGAIN,
        REPLAY_WITHOUT_THE_CURSOR,
        CURSOR_KEPT_OVER_A_RECONNECT,
        plant("none", Setting.TALK),
        plant("none though cancels are late", Setting.LATE_CANCELS),
        plant("none though a tail is lost", Setting.TAIL_LOST),
        plant("none though the replica is parted", Setting.REPLICA_PARTED));
  }

  private static Plant plant(String name, Setting setting, Edit... edits) {
    return new Plant(name, setting, List.of(edits));
  }

  private static Edit edit(String file, String from, String to) {
    return new Edit(file, from, to);
  }
}
