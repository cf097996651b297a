package parley.chat;

import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import parley.client.call.CallRefused;
import parley.client.conversation.Recourse;
import parley.client.conversation.Recourse.Complaint;
import parley.client.conversation.Recourse.HistoryAnswer;
import parley.client.identity.GuestDenied;
import parley.proto.session.v1.Entered;
import parley.proto.session.v1.Member;
import parley.proto.session.v1.ReportReason;

/// `/block`, `/report` and `/history`: about the conversation that is, or else the last one. One
/// command at a time; the answer comes as a happening. Used by the chat's thread.
final class RecourseDesk {
  static final String HELP =
      "/block never meets this peer again · /report reason words tells the operator ("
          + "harassment, sexual, minor, violence, spam, other) · "
          + "/history shows what was said, /history more what was before that";

  private static final Set<String> COMMANDS = Set.of("/block", "/report", "/history");
  private static final int PAGE = 50;
  private static final Map<String, ReportReason> REASONS =
      Map.of(
          "harassment", ReportReason.REPORT_REASON_HARASSMENT,
          "sexual", ReportReason.REPORT_REASON_SEXUAL_CONTENT,
          "minor", ReportReason.REPORT_REASON_MINOR_IN_DANGER,
          "violence", ReportReason.REPORT_REASON_VIOLENCE,
          "spam", ReportReason.REPORT_REASON_SPAM,
          "other", ReportReason.REPORT_REASON_OTHER);

  private final Screen screen;
  private final Consumer<Happening> happenings;
  private @Nullable Recourse recourse;
  private int peer;
  private String older = "";
  private boolean busy;

  RecourseDesk(Screen screen, Consumer<Happening> happenings) {
    this.screen = screen;
    this.happenings = happenings;
  }

  /// The conversation that it is about from now on.
  void entered(Recourse of, Entered facts) {
    recourse = of;
    older = "";
    peer =
        facts.getMembersList().stream()
            .mapToInt(Member::getMemberId)
            .filter(member -> member != facts.getMemberId())
            .findFirst()
            .orElse(0);
  }

  static boolean takes(String line) {
    return COMMANDS.contains(line.split(" ", 2)[0]);
  }

  /// A command was given and not answered.
  boolean isBusy() {
    return busy;
  }

  void act(String line) {
    Recourse of = recourse;
    String[] words = line.strip().split(" +", 3);
    if (busy) {
      screen.hint("one moment, the last command is not answered yet");
    } else if (of == null) {
      screen.hint("you have met nobody yet");
    } else {
      switch (words[0]) {
        case "/block" -> ask("/block", () -> new Answer.Blocked(of.block(peer)));
        case "/report" -> report(of, words);
        default -> history(of, words);
      }
    }
  }

  void answered(Answer answer) {
    busy = false;
    if (answer instanceof Answer.History(HistoryAnswer.Page page)) {
      older = page.olderCursor();
    }
  }

  private void report(Recourse of, String[] words) {
    ReportReason reason = words.length > 1 ? REASONS.get(words[1]) : null;
    if (reason == null) {
      screen.hint(
          "reason is '"
              + (words.length > 1 ? words[1] : "")
              + "', expected one of harassment, sexual, minor, violence, spam, other");
      return;
    }
    Complaint complaint = new Complaint(peer, reason, words.length > 2 ? words[2] : "");
    ask("/report", () -> new Answer.Reported(of.report(complaint)));
  }

  private void history(Recourse of, String[] words) {
    boolean more = words.length > 1 && words[1].equals("more");
    if (more && older.isEmpty()) {
      screen.hint("there is nothing older");
    } else {
      String cursor = more ? older : "";
      ask("/history", () -> new Answer.History(of.history(cursor, PAGE)));
    }
  }

  private void ask(String command, Supplier<Answer> call) {
    busy = true;
    var _ =
        Thread.ofVirtual()
            .name("parley chat " + command)
            .start(() -> happenings.accept(new Happening.Answered(answer(command, call))));
  }

  private static Answer answer(String command, Supplier<Answer> call) {
    try {
      return call.get();
    } catch (CallRefused | GuestDenied failed) {
      return new Answer.Failed(command, String.valueOf(failed.getMessage()));
    }
  }
}
