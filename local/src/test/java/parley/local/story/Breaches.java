package parley.local.story;

import build.buf.validate.FieldRules;
import build.buf.validate.ValidateProto;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Messages that break one rule each, made from the rules in the protos: a field that gets a rule
/// is tried without a word here. A rule of a kind that nobody knows how to break is an error.
final class Breaches {
  /// @param field as the refusal must name it, `criteria.tags[0]`
  /// @param rule as protovalidate calls it; of a range only `uint32.` or `duration.`
  /// @param limit what must stand in the refusal's words; empty if the rule has no number
  record Breach(String field, String rule, String limit, Message message) {
    private Breach within(String outer, Message whole) {
      return new Breach(outer + "." + field, rule, limit, whole);
    }

    @Override
    public String toString() {
      return message.getDescriptorForType().getName() + "." + field + " " + rule;
    }
  }

  private Breaches() {}

  /// A message of this type that breaks nothing.
  static Message good(Message type) {
    Message.Builder good = type.newBuilderForType();
    for (FieldDescriptor field : type.getDescriptorForType().getFields()) {
      OneofDescriptor oneof = field.getRealContainingOneof();
      boolean mustBe =
          rules(field).getRequired() || (oneof != null && field.getIndex() == first(oneof));
      if (field.isRepeated()) {
        items(good, field, (int) rules(field).getRepeated().getMinItems())
            .forEach(item -> good.addRepeatedField(field, item));
      } else if (mustBe || (oneof == null && !field.hasPresence() && FieldRule.of(field).isAny())) {
        good.setField(field, value(good, field, 0));
      }
    }
    return good.build();
  }

  /// One breach for each rule of this type and of what it holds.
  static Stream<Breach> of(Message type) {
    Message good = good(type);
    return Stream.concat(
        type.getDescriptorForType().getOneofs().stream()
            .filter(oneof -> oneof.getOptions().getExtension(ValidateProto.oneof).getRequired())
            .map(oneof -> new Breach(oneof.getName(), "required", "", cleared(good, oneof))),
        type.getDescriptorForType().getFields().stream().flatMap(field -> of(good, field)));
  }

  private static Stream<Breach> of(Message good, FieldDescriptor field) {
    List<Breach> breaches = new ArrayList<>();
    String name = field.getName();
    if (rules(field).getRequired()) {
      breaches.add(new Breach(name, "required", "", good.toBuilder().clearField(field).build()));
    }
    if (field.isRepeated()) {
      lists(good, field).forEach(breaches::add);
    }
    String element = field.isRepeated() ? name + "[0]" : name;
    if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
        && field.getMessageType().getFullName().startsWith("parley.")) {
      of(good.toBuilder().newBuilderForField(field).build())
          .map(inner -> inner.within(element, with(good, field, inner.message())))
          .forEach(breaches::add);
    } else {
      FieldRule.of(field)
          .breaches()
          .forEach(
              (rule, broken) ->
                  breaches.add(
                      new Breach(element, rule.id(), rule.limit(), with(good, field, broken))));
    }
    return breaches.stream();
  }

  /// Too many, too few, the same twice.
  private static Stream<Breach> lists(Message good, FieldDescriptor field) {
    Message.Builder maker = good.toBuilder();
    String name = field.getName();
    return rules(field).getRepeated().getAllFields().entrySet().stream()
        .filter(rule -> !rule.getKey().getName().equals("items"))
        .map(
            rule -> {
              int limit = rule.getValue() instanceof Long number ? number.intValue() : 0;
              List<Object> broken =
                  switch (rule.getKey().getName()) {
                    case "max_items" -> items(maker, field, limit + 1);
                    case "min_items" -> items(maker, field, limit - 1);
                    case "unique" -> List.of(value(maker, field, 0), value(maker, field, 0));
                    default -> throw FieldRule.unknown(field, rule.getKey());
                  };
              Message.Builder message = good.toBuilder().clearField(field);
              broken.forEach(item -> message.addRepeatedField(field, item));
              return new Breach(
                  name,
                  "repeated." + rule.getKey().getName(),
                  limit == 0 ? "" : Integer.toString(limit),
                  message.build());
            });
  }

  private static List<Object> items(Message.Builder maker, FieldDescriptor field, int count) {
    return IntStream.range(0, count).mapToObj(i -> value(maker, field, i)).toList();
  }

  /// A good value; another for each number as far as the type has so many.
  private static Object value(Message.Builder maker, FieldDescriptor field, int number) {
    return switch (field.getJavaType()) {
      case MESSAGE -> good(maker.newBuilderForField(field).build());
      case ENUM -> {
        EnumDescriptor type = field.getEnumType();
        yield type.getValues().get(1 + number % (type.getValues().size() - 1));
      }
      case STRING -> FieldRule.of(field).text((char) ('a' + number));
      case BYTE_STRING -> ByteString.copyFromUtf8(FieldRule.of(field).text((char) ('a' + number)));
      case INT -> FieldRule.of(field).least();
      default -> throw new IllegalStateException("no good value is known for " + field);
    };
  }

  private static Message with(Message good, FieldDescriptor field, Object broken) {
    Message.Builder message = good.toBuilder();
    return field.isRepeated()
        ? message.clearField(field).addRepeatedField(field, broken).build()
        : message.setField(field, broken).build();
  }

  private static Message cleared(Message good, OneofDescriptor oneof) {
    return good.toBuilder().clearOneof(oneof).build();
  }

  private static int first(OneofDescriptor oneof) {
    return oneof.getField(0).getIndex();
  }

  static FieldRules rules(FieldDescriptor field) {
    return field.getOptions().getExtension(ValidateProto.field);
  }

  /// All calls' messages by the full name of their calls.
  static Stream<Map.Entry<io.grpc.MethodDescriptor<?, ?>, Breach>> of(
      Stream<io.grpc.ServiceDescriptor> services) {
    return services
        .flatMap(service -> service.getMethods().stream())
        .flatMap(call -> of(request(call)).map(breach -> Map.entry(call, breach)));
  }

  static Message request(io.grpc.MethodDescriptor<?, ?> call) {
    return (Message)
        ((io.grpc.MethodDescriptor.PrototypeMarshaller<?>) call.getRequestMarshaller())
            .getMessagePrototype();
  }
}
