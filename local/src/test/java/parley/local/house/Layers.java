package parley.local.house;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.stream.Stream;

/// The packages that the rules name. What a rule allows is a list here, so that a new package must
/// be put on it on purpose.
final class Layers {
  static final List<String> SERVICES = List.of("identity", "match", "session", "bot");

  /// What may use what protoc generates.
  static final List<String> WIRE =
      List.of(
          "parley.platform.grpc",
          "parley.platform.auth",
          "parley.platform.discovery",
          "parley.identity.api",
          "parley.match.api",
          "parley.match.clients",
          "parley.match.redis",
          "parley.relay.redis",
          "parley.session.api",
          "parley.session.clients",
          "parley.session.redis",
          "parley.bot.api",
          "parley.bot.clients",
          "parley.client",
          "parley.chat",
          "parley.envoy");

  /// What may speak to Redis.
  static final List<String> REDIS =
      List.of(
          "parley.platform.redis",
          "parley.platform.notice",
          "parley.identity.redis",
          "parley.match.redis",
          "parley.relay.redis");

  /// What may make or read a gRPC status.
  static final List<String> STATUS =
      List.of(
          "parley.platform.grpc",
          "parley.match.clients",
          "parley.session.clients",
          "parley.client");

  /// What may know that there is PostgreSQL.
  static final List<String> POSTGRES =
      List.of(
          "parley.backing",
          "parley.testing",
          "parley.platform.postgres",
          "parley.schema",
          "parley.match.jooq",
          "parley.session.jooq");

  /// What may know LangChain4j.
  static final List<String> LANGCHAIN = List.of("parley.bot.langchain", "parley.bot.smollm");

  private Layers() {}

  /// All packages that a rule names, without wildcards.
  static Stream<String> named() {
    return Stream.of(
            WIRE.stream(),
            REDIS.stream(),
            POSTGRES.stream(),
            STATUS.stream(),
            LANGCHAIN.stream(),
            SERVICES.stream().map(service -> "parley." + service + ".core"),
            Stream.of("parley.domain"))
        .flatMap(names -> names)
        .distinct();
  }

  /// The project's own classes, without tests and without generated ones.
  static JavaClasses ours() {
    return Classes.OURS;
  }

  private static final class Classes {
    private static final JavaClasses OURS =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("/parley/proto/"))
            .withImportOption(location -> !location.contains("/parley/tables/"))
            .importPackages("parley");
  }
}
