package parley.session.core;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.regex.Pattern;
import parley.relay.ReportId;

/// What one member says of another to the operator.
///
/// @param request made by the client, one for each report
/// @param comment the reporter's words, perhaps none; a space for each control character but line
///   feed and tab, which no text holds, and not all of which PostgreSQL keeps
public record Complaint(int whom, String request, ReportReason reason, String comment) {
  private static final int ID_BYTES = 16;
  private static final Pattern CONTROLS = Pattern.compile("[\\p{Cc}&&[^\n\t]]");

  public Complaint {
    comment = CONTROLS.matcher(comment).replaceAll(" ");
  }

  /// Never the comment.
  @Override
  public String toString() {
    return "Complaint[whom=" + whom + ", request=" + request + ", reason=" + reason + "]";
  }

  /// The same member's same request in the same session is the same report.
  ReportId idBy(Admission member) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(member.session().bytes());
      digest.update((byte) member.member());
      digest.update(request.getBytes(StandardCharsets.UTF_8));
      return ReportId.of(Arrays.copyOf(digest.digest(), ID_BYTES));
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }
}
