package parley.match.api;

import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import parley.domain.Mode;
import parley.match.core.Language;
import parley.match.core.Pool;
import parley.match.core.Seeking;
import parley.match.core.Tag;
import parley.platform.grpc.Failures;
import parley.proto.match.v1.Criteria;

/// Criteria as core compares them. What protovalidate cannot say is said here: tags and languages
/// that are nothing once they are normalised.
final class CriteriaMapper {
  private static final String DEFAULT_INTENT = "talk";

  private CriteriaMapper() {}

  /// The pool's intent; an empty one is the default.
  static String intent(Criteria criteria) {
    return criteria.getIntent().isEmpty() ? DEFAULT_INTENT : criteria.getIntent();
  }

  /// @throws io.grpc.StatusRuntimeException as [Failures#invalid] makes it
  static parley.match.core.Criteria map(Criteria criteria) {
    Mode mode = DomainWords.mode(criteria.getMode());
    if (mode != Mode.TEXT) {
      throw Failures.invalid(
          "new_ticket.criteria.mode", criteria.getMode() + " is not served yet", "MODE_TEXT");
    }
    return new parley.match.core.Criteria(
        new Pool(mode, intent(criteria)),
        Seeking.of(criteria.getSeekingList().stream().map(DomainWords::gender).toList()),
        each("tags", criteria.getTagsList(), Tag::of, "1 to 32 visible characters after NFKC"),
        each("languages", criteria.getLanguagesList(), Language::of, "BCP 47 tags of languages"));
  }

  private static <T> List<T> each(
      String field, List<String> written, Function<String, T> map, String allowed) {
    return IntStream.range(0, written.size())
        .mapToObj(
            i -> {
              try {
                return map.apply(written.get(i));
              } catch (IllegalArgumentException wrong) {
                throw Failures.invalid(
                    "new_ticket.criteria." + field + "[" + i + "]",
                    String.valueOf(wrong.getMessage()),
                    allowed);
              }
            })
        .toList();
  }
}
