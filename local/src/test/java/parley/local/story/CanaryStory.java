package parley.local.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServiceDescriptor;
import io.grpc.StatusRuntimeException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parley.client.call.CallRefused;
import parley.client.call.Face;
import parley.client.conversation.ConversationEvent;
import parley.client.conversation.Recourse.Complaint;
import parley.client.conversation.Recourse.ReportAnswer;
import parley.local.LocalMachine;
import parley.local.MachinePlan;
import parley.local.Progress;
import parley.proto.identity.v1.IdentityServiceGrpc;
import parley.proto.match.v1.MatchServiceGrpc;
import parley.proto.session.v1.ReportReason;
import parley.proto.session.v1.SessionServiceGrpc;
import parley.testing.Eventually;

/// A word that nobody else uses is sent through every field of every call. It is found where it
/// belongs as long as it belongs there, and nowhere else.
class CanaryStory {
  private static final Duration GONE_WITHIN = Duration.ofSeconds(60);

  private final MachinePlan plan =
      SharedMachine.plan().with("session", "log.text-after-close", "3s");
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final PrintStream before = System.err;
  private LocalMachine machine;
  private Places places;

  /// All services write their lines here, because they run in this JVM.
  @BeforeEach
  void open() {
    System.setErr(new PrintStream(new Both(before, said), true, StandardCharsets.UTF_8));
    machine = LocalMachine.start(plan, Progress.SILENT);
    places = new Places(machine, plan.state());
  }

  @AfterEach
  void close() {
    machine.close();
    System.setErr(before);
  }

  @Test
  void wordsAreGoneWithTheTextAndWereNowhereElseBefore() {
    String words = canary();
    String refused = canary();
    String tag = canary();
    try (Pair pair = meet(Face.NATIVE, Face.WEB, tag)) {
      pair.first().say(words + " said");
      pair.second().say("and answered " + words);
      pair.first().say(refused + "\u0007").say(refused.repeat(600)).say("the end");
      pair.awaitDelivered(pair.second(), pair.first(), 1);
      Eventually.holds("the rest is heard", () -> pair.second().messages().size() == 2);
      var _ = pair.second().talk().recourse().history("", 10);
      badCursor(pair.first(), refused);

      assertThat(places.inRedis(words)).as("while they talk").containsExactly("log");
      assertThat(places.inRedis(refused)).as("what was not taken").isEmpty();
      pair.first().leave();
      pair.second().heard().await("the end", ConversationEvent.Ended.class);
      assertNowhereElse(words, refused, tag);
    }
    Eventually.holds("the words are gone", GONE_WITHIN, () -> places.inRedis(words).isEmpty());
    assertNowhereElse(words, refused, tag);
  }

  @Test
  void whatIsReportedStaysAsEvidenceAlone() {
    String words = canary();
    String comment = canary();
    try (Pair pair = meet(Face.WEB, Face.NATIVE, canary())) {
      pair.second().say(words + " nasty");
      pair.awaitDelivered(pair.second(), pair.first(), 1);
      int peer = 3 - entered(pair.first());
      assertThat(
              pair.first()
                  .talk()
                  .recourse()
                  .report(new Complaint(peer, ReportReason.REPORT_REASON_OTHER, comment)))
          .isEqualTo(ReportAnswer.REPORTED);
      pair.second().heard().await("the end", ConversationEvent.Ended.class);
    }
    assertThat(places.inRedis(words)).isSubsetOf("log", "evidence");
    assertThat(places.inRedis(comment)).isSubsetOf("out");
    Eventually.holds(
        "it is kept as evidence",
        () -> places.inPostgres(words).equals(Set.of("session.evidence")));
    assertNoLine(words);
    assertNoLine(comment);
    assertThat(places.inPostgres(comment)).containsExactly("session.reports");
  }

  @Test
  void noFieldOfAnyCallIsRepeatedInALineAMetricAnErrorOrATable() {
    String word = canary();
    List<String> repeated = new ArrayList<>();
    try (Pair pair = meet(Face.NATIVE, Face.NATIVE, canary())) {
      for (Face face : Face.values()) {
        try (Visitor visitor = Visitor.at(machine.door(), face)) {
          for (ServiceDescriptor service :
              List.of(
                  IdentityServiceGrpc.getServiceDescriptor(),
                  MatchServiceGrpc.getServiceDescriptor(),
                  SessionServiceGrpc.getServiceDescriptor())) {
            for (MethodDescriptor<?, ?> call : service.getMethods()) {
              if (call.getType().clientSendsOneMessage()) {
                repeated.addAll(sent(visitor, call, word, pair.first()));
              }
            }
          }
        }
      }
    }
    assertThat(repeated).as("errors that repeat what was sent").isEmpty();
    assertNoLine(word);
    assertThat(places.inPostgres(word)).isEmpty();
  }

  /// The call once for each field that can hold words, with the word in it.
  private static List<String> sent(
      Visitor visitor, MethodDescriptor<?, ?> call, String word, Person who) {
    Map<String, String> headers =
        Map.of(
            "authorization",
            "Bearer " + who.identity().accessToken().text(),
            "x-parley-session",
            who.found().sessionId());
    List<String> repeated = new ArrayList<>();
    for (Message message : filled(Breaches.good(Breaches.request(call)), word, who)) {
      StatusRuntimeException ending = visitor.ending(call, message, headers);
      String told = ending.getStatus() + " " + trailers(ending.getTrailers());
      if (Places.has(told, word)) {
        repeated.add(call.getFullMethodName() + ": " + told);
      }
    }
    return repeated;
  }

  /// Each message has the word in one field more than is good; the session is a real one.
  private static List<Message> filled(Message good, String word, Person who) {
    List<Message> all = new ArrayList<>();
    for (FieldDescriptor field : good.getDescriptorForType().getFields()) {
      for (Object value : values(good, field, word, who)) {
        Message.Builder message = good.toBuilder();
        if (field.isRepeated()) {
          message.clearField(field).addRepeatedField(field, value);
        } else {
          message.setField(field, value);
        }
        all.add(real(message.build(), who, field));
      }
    }
    return all;
  }

  private static List<?> values(Message good, FieldDescriptor field, String word, Person who) {
    return switch (field.getJavaType()) {
      case STRING -> List.of(word, word.repeat(40));
      case BYTE_STRING ->
          List.of(ByteString.copyFromUtf8(word), ByteString.copyFromUtf8(word.repeat(2)));
      case MESSAGE ->
          field.getMessageType().getFullName().startsWith("parley.")
              ? filled(Breaches.good(good.toBuilder().newBuilderForField(field).build()), word, who)
              : List.of();
      default -> List.of();
    };
  }

  private static Message real(Message message, Person who, FieldDescriptor but) {
    FieldDescriptor session = message.getDescriptorForType().findFieldByName("session_id");
    return session == null || session.equals(but)
        ? message
        : message.toBuilder().setField(session, who.found().sessionId()).build();
  }

  private static String trailers(Metadata trailers) {
    return trailers == null
        ? ""
        : trailers.keys().stream()
            .map(
                name ->
                    name.endsWith("-bin")
                        ? new String(
                            trailers.get(Metadata.Key.of(name, Metadata.BINARY_BYTE_MARSHALLER)),
                            StandardCharsets.ISO_8859_1)
                        : trailers.get(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER)))
            .collect(Collectors.joining(" "));
  }

  private Pair meet(Face one, Face other, String tag) {
    Wishes wishes = Wishes.anyone(tag);
    return Pair.enter(
        Person.arrive(machine.door(), one, wishes), Person.arrive(machine.door(), other, wishes));
  }

  private static void badCursor(Person person, String cursor) {
    try {
      var _ = person.talk().recourse().history(cursor, 10);
      throw new AssertionError("a cursor that was made up is refused");
    } catch (CallRefused refused) {
      assertThat(refused.getMessage()).doesNotContain(cursor);
    }
  }

  private void assertNowhereElse(String... words) {
    for (String word : words) {
      assertNoLine(word);
      assertThat(places.inPostgres(word)).isEmpty();
    }
  }

  private void assertNoLine(String word) {
    assertThat(Places.has(said.toString(StandardCharsets.UTF_8), word))
        .as("a line of a service")
        .isFalse();
    assertThat(places.inFiles(word)).isEmpty();
    assertThat(Places.has(machine.envoy().admin("GET", "/stats"), word)).isFalse();
    machine
        .nodes()
        .forEach(node -> assertThat(Places.has(metrics(node.adminHttp()), word)).isFalse());
  }

  private static String metrics(Object admin) {
    try (HttpClient http = HttpClient.newHttpClient()) {
      URI page = URI.create("http://" + admin + "/metrics");
      return http.send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.ofString())
          .body();
    } catch (IOException | InterruptedException broken) {
      throw new IllegalStateException(broken);
    }
  }

  private static int entered(Person person) {
    return person.heard().await("entered", ConversationEvent.Entered.class).facts().getMemberId();
  }

  /// Eight letters, so that it is good as a language, too.
  private static String canary() {
    return ThreadLocalRandom.current()
        .ints(8, 'a', 'z' + 1)
        .mapToObj(Character::toString)
        .collect(Collectors.joining());
  }

  private static final class Both extends OutputStream {
    private final OutputStream one;
    private final OutputStream other;

    Both(OutputStream one, OutputStream other) {
      this.one = one;
      this.other = other;
    }

    @Override
    public void write(int value) throws IOException {
      one.write(value);
      other.write(value);
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
      one.write(bytes, from, count);
      other.write(bytes, from, count);
    }
  }
}
