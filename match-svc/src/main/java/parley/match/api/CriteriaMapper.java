package parley.match.api;

import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import parley.domain.Mode;
import parley.match.core.AiWish;
import parley.match.core.Language;
import parley.match.core.Pool;
import parley.match.core.Seeking;
import parley.match.core.Tag;
import parley.platform.grpc.DomainWords;
import parley.platform.grpc.Failures;
import parley.platform.grpc.ProtoTimes;
import parley.proto.match.v1.Criteria;

/// Criteria as core compares them. What protovalidate cannot say is said here: tags and languages
/// that are nothing once they are normalised.
final class CriteriaMapper {
  private static final String DEFAULT_INTENT = "talk";

  private CriteriaMapper() {}

  /// An empty intent is the default.
  static Pool pool(Criteria criteria) {
    String intent = criteria.getIntent().isEmpty() ? DEFAULT_INTENT : criteria.getIntent();
    return new Pool(DomainWords.read(criteria.getMode()), intent);
  }

  /// @param field where the criteria stand in the request
  /// @throws io.grpc.StatusRuntimeException as [Failures#invalid] makes it
  static parley.match.core.Criteria map(String field, Criteria criteria) {
    Mode mode = DomainWords.read(criteria.getMode());
    if (mode != Mode.TEXT) {
      throw Failures.invalid(
          field + ".mode", criteria.getMode() + " is not served yet", "MODE_TEXT");
    }
    return new parley.match.core.Criteria(
        pool(criteria),
        Seeking.of(criteria.getSeekingList().stream().map(DomainWords::read).toList()),
        each(
            field,
            "tags",
            criteria.getTagsList(),
            Tag::of,
            "1 to 32 visible characters after NFKC"),
        each(
            field,
            "languages",
            criteria.getLanguagesList(),
            Language::of,
            "BCP 47 tags of languages"),
        MatchWords.level(criteria.getWidestLevel()),
        ai(criteria));
  }

  private static AiWish ai(Criteria criteria) {
    return new AiWish(
        MatchWords.welcome(criteria.getAiWelcome()),
        criteria.hasAiAfter() ? ProtoTimes.read(criteria.getAiAfter()) : null);
  }

  private static <T> List<T> each(
      String parent, String field, List<String> written, Function<String, T> map, String allowed) {
    return IntStream.range(0, written.size())
        .mapToObj(
            i -> {
              try {
                return map.apply(written.get(i));
              } catch (IllegalArgumentException wrong) {
                throw Failures.invalid(
                    parent + "." + field + "[" + i + "]",
                    String.valueOf(wrong.getMessage()),
                    allowed);
              }
            })
        .toList();
  }
}
