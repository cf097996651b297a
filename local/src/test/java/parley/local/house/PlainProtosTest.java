package parley.local.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// The copy of the contract without validation rules, as the build made and compiled it.
class PlainProtosTest {
  private static final Path MADE = Sources.root().resolve("proto/target");
  private static final String RULES = "buf/validate/validate.proto";

  @Test
  void theCopySaysTheSameWithoutTheRules() throws IOException {
    Map<String, FileDescriptorProto> original = read("parley.protoset");
    Map<String, FileDescriptorProto> copy = read("parley-plain.protoset");

    assertThat(original).containsKey(RULES);
    assertThat(copy).doesNotContainKey(RULES);
    original.keySet().removeIf(name -> !name.startsWith("parley/"));
    copy.keySet().removeIf(name -> !name.startsWith("parley/"));
    original.replaceAll((name, file) -> withoutRules(file));
    assertThat(copy.keySet()).isEqualTo(original.keySet());
    copy.forEach(
        (name, file) ->
            assertThat(file.toString()).as(name).isEqualTo(original.get(name).toString()));
  }

  @Test
  void theDescriptorsHoldEveryService() throws IOException {
    List<String> services =
        read("parley.protoset").values().stream()
            .flatMap(
                file ->
                    file.getServiceList().stream()
                        .map(service -> file.getPackage() + "." + service.getName()))
            .toList();
    assertThat(services)
        .contains(
            "parley.identity.v1.IdentityService",
            "parley.match.v1.MatchService",
            "parley.session.v1.SessionService");
  }

  private static Map<String, FileDescriptorProto> read(String name) throws IOException {
    Map<String, FileDescriptorProto> files = new TreeMap<>();
    FileDescriptorSet.parseFrom(Files.readAllBytes(MADE.resolve(name)))
        .getFileList()
        .forEach(file -> files.put(file.getName(), file));
    return files;
  }

  private static FileDescriptorProto withoutRules(FileDescriptorProto file) {
    FileDescriptorProto.Builder plain = file.toBuilder();
    List<String> kept =
        file.getDependencyList().stream().filter(name -> !name.equals(RULES)).toList();
    plain.clearDependency().addAllDependency(kept);
    strip(plain);
    return plain.build();
  }

  /// Drops what was read as unknown fields (the rules are extensions that nobody registered), and
  /// the options messages that are empty without them.
  private static void strip(Message.Builder message) {
    message.setUnknownFields(com.google.protobuf.UnknownFieldSet.getDefaultInstance());
    for (var field : message.getAllFields().keySet()) {
      if (field.getJavaType() != com.google.protobuf.Descriptors.FieldDescriptor.JavaType.MESSAGE) {
        continue;
      }
      if (field.isRepeated()) {
        for (int i = 0; i < message.getRepeatedFieldCount(field); i++) {
          Message.Builder inner = ((Message) message.getRepeatedField(field, i)).toBuilder();
          strip(inner);
          message.setRepeatedField(field, i, inner.build());
        }
      } else {
        Message.Builder inner = ((Message) message.getField(field)).toBuilder();
        strip(inner);
        Message left = inner.build();
        boolean empty = left.equals(left.getDefaultInstanceForType());
        message.setField(field, left);
        if (empty && field.getName().equals("options")) {
          message.clearField(field);
        }
      }
    }
  }
}
