package parley.local.story;

import build.buf.validate.FieldRules;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// What the protos say of one value, or of each item of a list: good values, and bad ones.
record FieldRule(FieldDescriptor field, Map<FieldDescriptor, Object> limits) {
  private static final int NOBODY_DEFINED = 1_000;

  /// @param id as protovalidate says it: `string.max_len`
  /// @param limit its number as it stands in a refusal; empty if it has none
  record Rule(String id, String limit) {}

  static FieldRule of(FieldDescriptor field) {
    FieldRules rules = Breaches.rules(field);
    FieldRules own = field.isRepeated() ? rules.getRepeated().getItems() : rules;
    return new FieldRule(field, typed(field, own));
  }

  boolean isAny() {
    return !limits.isEmpty();
  }

  /// As short as may be, of this letter if the pattern lets it.
  String text(char letter) {
    long length = Math.max(Math.max(number("len"), number("min_len")), 0);
    String pattern = string("pattern");
    return Stream.of(letter, 'A', '1')
        .map(character -> Character.toString(character).repeat((int) length))
        .filter(text -> pattern.isEmpty() || text.matches(pattern))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no good value is known for " + field));
  }

  int least() {
    return (int) Math.max(number("gte"), 0);
  }

  /// A value for each rule that breaks it.
  Map<Rule, Object> breaches() {
    Map<Rule, Object> broken = new LinkedHashMap<>();
    limits.forEach(
        (rule, limit) -> {
          String id = kind() + "." + (isRange() ? "" : rule.getName());
          String shown = limit instanceof Long || limit instanceof Integer ? limit.toString() : "";
          broken.put(new Rule(id, shown), value(rule, limit));
        });
    return broken;
  }

  static IllegalStateException unknown(FieldDescriptor field, FieldDescriptor rule) {
    return new IllegalStateException(
        "nobody knows how to break " + rule.getName() + " of " + field.getFullName());
  }

  private Object value(FieldDescriptor rule, Object limit) {
    return switch (kind()) {
      case "string" -> text(rule, limit);
      case "bytes" -> ByteString.copyFromUtf8(text(rule, limit));
      case "enum" -> number(rule, limit);
      case "uint32" ->
          switch (rule.getName()) {
            case "gte" -> (Integer) limit - 1;
            case "lte" -> (Integer) limit + 1;
            default -> throw unknown(field, rule);
          };
      case "duration" ->
          switch (rule.getName()) {
            case "gte" -> later((Duration) limit, -1);
            case "lte" -> later((Duration) limit, 1);
            default -> throw unknown(field, rule);
          };
      default -> throw unknown(field, rule);
    };
  }

  private String text(FieldDescriptor rule, Object limit) {
    return switch (rule.getName()) {
      case "len", "max_len", "max_bytes" -> "a".repeat(Math.toIntExact((Long) limit) + 1);
      case "min_len" -> "a".repeat(Math.toIntExact((Long) limit) - 1);
      case "pattern" -> "!".repeat((int) Math.max(number("min_len"), 1));
      default -> throw unknown(field, rule);
    };
  }

  private Object number(FieldDescriptor rule, Object limit) {
    EnumDescriptor type = field.getEnumType();
    return switch (rule.getName()) {
      case "defined_only" -> type.findValueByNumberCreatingIfUnknown(NOBODY_DEFINED);
      case "not_in" -> type.findValueByNumber((Integer) ((List<?>) limit).getFirst());
      default -> throw unknown(field, rule);
    };
  }

  private boolean isRange() {
    return kind().equals("uint32") || kind().equals("duration");
  }

  private String kind() {
    return limits
        .keySet()
        .iterator()
        .next()
        .getContainingType()
        .getName()
        .replace("Rules", "")
        .replace("UInt", "uint")
        .toLowerCase(java.util.Locale.ROOT);
  }

  private long number(String name) {
    return limits.entrySet().stream()
        .filter(limit -> limit.getKey().getName().equals(name))
        .mapToLong(limit -> ((Number) limit.getValue()).longValue())
        .findFirst()
        .orElse(-1);
  }

  private String string(String name) {
    return limits.entrySet().stream()
        .filter(limit -> limit.getKey().getName().equals(name))
        .map(limit -> (String) limit.getValue())
        .findFirst()
        .orElse("");
  }

  private static Map<FieldDescriptor, Object> typed(FieldDescriptor field, FieldRules rules) {
    Map<FieldDescriptor, Object> limits = new LinkedHashMap<>();
    rules
        .getAllFields()
        .forEach(
            (kind, value) -> {
              if (kind.getContainingOneof() != null && !kind.getName().equals("repeated")) {
                limits.putAll(((Message) value).getAllFields());
              } else if (!List.of("required", "repeated").contains(kind.getName())) {
                throw unknown(field, kind);
              }
            });
    return limits;
  }

  private static Duration later(Duration limit, long seconds) {
    return limit.toBuilder().setSeconds(limit.getSeconds() + seconds).build();
  }
}
