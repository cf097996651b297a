import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Copies the contract without its validation rules, for builds that have no use for them (protobuf
/// lite, Swift). Comments stay. Run as `java PlainProtos.java FROM TO`.
///
/// Removes three things: the import of `buf/validate`, the statements `option (buf.validate...`, and
/// the entries `(buf.validate...` of a field's list of options. A test compares the descriptors of
/// the copy with those of the original.
final class PlainProtos {
  private static final String IMPORT = "import \"buf/validate/validate.proto\";\n";
  private static final String RULE = "(buf.validate.";

  public static void main(String[] args) throws IOException {
    Path from = Path.of(args[0]);
    Path to = Path.of(args[1]);
    List<Path> files;
    try (var walk = Files.walk(from)) {
      files = walk.filter(file -> file.toString().endsWith(".proto")).toList();
    }
    for (Path file : files) {
      Path copy = to.resolve(from.relativize(file).toString());
      Files.createDirectories(copy.getParent());
      Files.writeString(copy, plain(Files.readString(file)));
    }
  }

  private static String plain(String proto) {
    StringBuilder copy = new StringBuilder();
    String rest = proto.replace(IMPORT, "");
    for (int at = 0; at < rest.length(); ) {
      int next = end(rest, at);
      String piece = rest.substring(at, next);
      if (piece.startsWith("[")) {
        copy.append(withoutRules(piece, copy));
      } else if (piece.startsWith("option " + RULE)) {
        copy.setLength(copy.toString().stripTrailing().length());
        next++;
      } else {
        copy.append(piece);
      }
      at = next;
    }
    return copy.toString();
  }

  /// Where the piece that begins here ends: a comment, a string, a list of options, an option
  /// statement (before its semicolon), or one character.
  private static int end(String text, int at) {
    if (text.startsWith("//", at)) {
      return text.indexOf('\n', at);
    }
    if (text.startsWith("/*", at)) {
      return text.indexOf("*/", at) + 2;
    }
    return switch (text.charAt(at)) {
      case '"', '\'' -> quoteEnd(text, at);
      case '[' -> until(text, at + 1, ']') + 1;
      case 'o' -> text.startsWith("option " + RULE, at) ? until(text, at, ';') : at + 1;
      default -> at + 1;
    };
  }

  private static int quoteEnd(String text, int at) {
    int end = at + 1;
    while (text.charAt(end) != text.charAt(at)) {
      end += text.charAt(end) == '\\' ? 2 : 1;
    }
    return end + 1;
  }

  /// The place of this character outside any bracket, string or comment.
  private static int until(String text, int from, char wanted) {
    int depth = 0;
    for (int at = from; ; ) {
      char c = text.charAt(at);
      if (depth == 0 && c == wanted) {
        return at;
      }
      depth += "{[(".indexOf(c) >= 0 ? 1 : "}])".indexOf(c) >= 0 ? -1 : 0;
      boolean skipped = c == '"' || c == '\'' || text.startsWith("//", at);
      at = skipped ? end(text, at) : at + 1;
    }
  }

  /// A field's options but its rules; where none is left, also the space before the list goes.
  private static String withoutRules(String list, StringBuilder copy) {
    String inner = list.substring(1, list.length() - 1) + ",";
    List<String> kept = new ArrayList<>();
    for (int at = 0; at < inner.length(); ) {
      int comma = until(inner, at, ',');
      String option = inner.substring(at, comma).strip();
      if (!option.isEmpty() && !option.startsWith(RULE)) {
        kept.add(option);
      }
      at = comma + 1;
    }
    if (kept.isEmpty()) {
      copy.setLength(copy.toString().stripTrailing().length());
      return "";
    }
    return "[" + String.join(", ", kept) + "]";
  }
}
