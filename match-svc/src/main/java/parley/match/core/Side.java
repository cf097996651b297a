package parley.match.core;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import parley.domain.Gender;

/// Which way a queue faces: people of one gender who all seek the same. Text as in Redis keys:
/// `w>2`.
public record Side(Gender own, Seeking seeking) {
  /// All there are: 32.
  public static List<Side> all() {
    return Arrays.stream(Gender.values())
        .flatMap(own -> Seeking.all().map(seeking -> new Side(own, seeking)))
        .toList();
  }

  public String text() {
    char gender = own.name().toLowerCase(Locale.ROOT).charAt(0);
    return gender + ">" + Integer.toHexString(seeking.mask());
  }
}
