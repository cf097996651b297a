package parley.local.house;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LayersTest {
  private static final int PARAMETERS = 6;

  static Stream<String> services() {
    return Layers.SERVICES.stream();
  }

  @Test
  void everyPackageThatARuleNamesHoldsClasses() {
    assertThat(Layers.named())
        .allSatisfy(
            name ->
                assertThat(Layers.ours().that(resideInAPackage(name + "..")))
                    .as("classes in %s", name)
                    .isNotEmpty());
  }

  @ParameterizedTest
  @MethodSource("services")
  void coreImportsOnlyItselfJavaAndTheDomain(String service) {
    List<String> allowed =
        new ArrayList<>(
            List.of("parley." + service + ".core..", "java..", "org.jspecify..", "parley.domain"));
    if (service.equals("session")) {
      allowed.add("parley.relay");
    }
    classes()
        .that()
        .resideInAPackage("parley." + service + ".core..")
        .should()
        .onlyDependOnClassesThat(resideInAnyPackage(allowed.toArray(String[]::new)))
        .check(Layers.ours());
  }

  @Test
  void coreAsksNoClockNoChanceAndNoEnvironment() {
    noClasses()
        .that()
        .resideInAPackage("parley.*.core..")
        .should()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(System.class, "getenv", String.class)
        .orShould()
        .callMethod(System.class, "getProperty", String.class)
        .orShould()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(Clock.class, "systemUTC")
        .orShould()
        .callMethod(UUID.class, "randomUUID")
        .orShould()
        .callMethod(Math.class, "random")
        .orShould()
        .callMethod(ThreadLocalRandom.class, "current")
        .orShould()
        .callConstructor(Random.class)
        .orShould()
        .callConstructor(SecureRandom.class)
        .check(Layers.ours());
  }

  @ParameterizedTest
  @MethodSource("services")
  void adaptersDoNotKnowEachOther(String service) {
    slices()
        .matching("parley." + service + ".(*)..")
        .namingSlices("adapter $1")
        .should()
        .notDependOnEachOther()
        .ignoreDependency(
            resideInAPackage("parley." + service + ".."),
            resideInAPackage("parley." + service + ".core.."))
        .check(Layers.ours());
  }

  @ParameterizedTest
  @MethodSource("services")
  void noServiceKnowsAnother(String service) {
    String[] others =
        services()
            .filter(other -> !other.equals(service))
            .map(other -> "parley." + other + "..")
            .toArray(String[]::new);
    noClasses()
        .that()
        .resideInAPackage("parley." + service + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(others)
        .check(Layers.ours());
  }

  @Test
  void generatedTypesStayAtTheWireAndTheStore() {
    onlyIn(Layers.WIRE, resideInAPackage("parley.proto.."));
  }

  @Test
  void onlyTheRedisAdaptersKnowJedis() {
    onlyIn(Layers.REDIS, resideInAPackage("redis.clients.."));
  }

  @Test
  void onlyTheJooqAdaptersKnowPostgres() {
    onlyIn(
        Layers.POSTGRES,
        resideInAnyPackage(
            "org.jooq..", "java.sql..", "javax.sql..", "org.postgresql..", "parley.tables.."));
  }

  @Test
  void onlyTheTalkersKnowLangChain() {
    onlyIn(Layers.LANGCHAIN, resideInAPackage("dev.langchain4j.."));
  }

  @Test
  void oneClassCallsTheSmallModelsNativeCode() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("parley.bot.smollm.NativeModel")
        .should()
        .dependOnClassesThat(resideInAPackage("de.kherud.."))
        .check(Layers.ours());
  }

  @Test
  void statusesAreMadeInOnePlace() {
    onlyIn(Layers.STATUS, JavaClass.Predicates.type(io.grpc.Status.class));
  }

  @Test
  void noPackageIsPartOfACycle() {
    slices().assignedFrom(new Packages()).should().beFreeOfCycles().check(Layers.ours());
  }

  @Test
  void onlyANodeCallsAConstructorOfManyParameters() {
    Stream<String> calls =
        Layers.ours().stream()
            .filter(type -> !type.isRecord() && !type.isEnum() && !type.isAnonymousClass())
            .flatMap(type -> type.getConstructors().stream())
            .filter(constructor -> constructor.getRawParameterTypes().size() > PARAMETERS)
            .flatMap(LayersTest::callsFromElsewhere);
    assertThat(calls).isEmpty();
  }

  private static Stream<String> callsFromElsewhere(JavaConstructor constructor) {
    return constructor.getCallsOfSelf().stream()
        .filter(call -> !call.getOriginOwner().getSimpleName().endsWith("Node"))
        .map(Object::toString);
  }

  private static void onlyIn(List<String> packages, DescribedPredicate<? super JavaClass> these) {
    String[] allowed = packages.stream().map(name -> name + "..").toArray(String[]::new);
    noClasses()
        .that(are(DescribedPredicate.not(resideInAnyPackage(allowed))))
        .should()
        .dependOnClassesThat(these)
        .check(Layers.ours());
  }

  /// A package each; a core and the ports it declares count as one, since ports speak its words.
  private static final class Packages implements SliceAssignment {
    @Override
    public SliceIdentifier getIdentifierOf(JavaClass type) {
      return SliceIdentifier.of(type.getPackageName().replace(".core.port", ".core"));
    }

    @Override
    public String getDescription() {
      return "packages";
    }
  }
}
