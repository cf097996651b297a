package parley.local.story;

import io.grpc.CallCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import parley.proto.domain.v1.Gender;
import parley.proto.domain.v1.Mode;
import parley.proto.identity.v1.CreateGuestRequest;
import parley.proto.identity.v1.CreateGuestResponse;
import parley.proto.identity.v1.IdentityServiceGrpc;
import parley.proto.match.v1.Criteria;
import parley.proto.match.v1.FindPeerRequest;
import parley.proto.match.v1.FindPeerResponse;
import parley.proto.match.v1.MatchServiceGrpc;
import parley.proto.match.v1.NewTicket;

/// Many people with random wishes who press the button, one after the other, and stay. Over few
/// connections and without the client library, because there are so many.
final class Crowd implements AutoCloseable {
  private static final List<Gender> STATED =
      List.of(Gender.GENDER_WOMAN, Gender.GENDER_MAN, Gender.GENDER_NONBINARY);
  private static final List<String> LANGUAGES = List.of("en", "de", "fr", "es");
  private static final int TAGS = 30;
  private static final int PER_CONNECTION = 80;

  private final List<ManagedChannel> channels = new ArrayList<>();
  private final List<Seeker> seekers = new ArrayList<>();

  private Crowd() {}

  /// Returns when everybody has pressed the button.
  static Crowd arrive(String door, int count, String intent, RandomGenerator random) {
    Crowd crowd = new Crowd();
    for (int i = 0; i < count; i++) {
      if (i % PER_CONNECTION == 0) {
        crowd.channels.add(NettyChannelBuilder.forTarget(door).usePlaintext().build());
      }
      crowd.seekers.add(Seeker.press(crowd.channels.getLast(), intent, i, random));
    }
    return crowd;
  }

  /// Whether everybody is in line or matched.
  boolean allAnswered() {
    return seekers.stream().allMatch(seeker -> seeker.waits() || seeker.isMatched());
  }

  boolean everyMatchHasTwoSides() {
    return sides().values().stream().allMatch(side -> side.size() == 2);
  }

  long matched() {
    return seekers.stream().filter(Seeker::isMatched).count();
  }

  /// Pairs who should not have met, in words.
  List<String> brokenWishes() {
    return sides().values().stream()
        .filter(pair -> pair.size() != 2 || !pair.getFirst().mayMeet(pair.getLast()))
        .map(Object::toString)
        .toList();
  }

  /// Pairs who wait and could talk, in words.
  List<String> compatibleWhoWait() {
    List<Seeker> waiting = seekers.stream().filter(seeker -> !seeker.isMatched()).toList();
    return waiting.stream()
        .flatMap(
            one ->
                waiting.stream()
                    .filter(other -> other.number < one.number && one.mayMeet(other))
                    .map(other -> one + " and " + other))
        .toList();
  }

  @Override
  public void close() {
    channels.forEach(ManagedChannel::shutdownNow);
  }

  private Map<String, List<Seeker>> sides() {
    return seekers.stream()
        .filter(Seeker::isMatched)
        .collect(Collectors.groupingBy(Seeker::session));
  }

  /// One of them. What it wishes is judged here by the page alone: whom each seeks is mutual, and
  /// who did not state a gender is met only by those who seek anyone.
  private static final class Seeker implements StreamObserver<FindPeerResponse> {
    private final int number;
    private final Gender gender;
    private final List<Gender> seeking;
    private final Map<FindPeerResponse.EventCase, FindPeerResponse> heard =
        new ConcurrentHashMap<>();

    private Seeker(int number, Gender gender, List<Gender> seeking) {
      this.number = number;
      this.gender = gender;
      this.seeking = seeking;
    }

    static Seeker press(ManagedChannel channel, String intent, int number, RandomGenerator random) {
      int own = random.nextInt(STATED.size() + 1);
      Gender gender = own == STATED.size() ? Gender.GENDER_UNSPECIFIED : STATED.get(own);
      Seeker seeker =
          new Seeker(number, gender, STATED.stream().filter(_ -> random.nextInt(3) == 0).toList());
      MatchServiceGrpc.newStub(channel)
          .withCallCredentials(new Bearer(token(channel, gender)))
          .findPeer(request(seeker, intent, random), seeker);
      return seeker;
    }

    boolean mayMeet(Seeker other) {
      return seeks(other.gender) && other.seeks(gender);
    }

    boolean waits() {
      return heard.containsKey(FindPeerResponse.EventCase.WAITING);
    }

    boolean isMatched() {
      return heard.containsKey(FindPeerResponse.EventCase.MATCHED);
    }

    String session() {
      return heard.get(FindPeerResponse.EventCase.MATCHED).getMatched().getSessionId();
    }

    @Override
    public void onNext(FindPeerResponse response) {
      heard.put(response.getEventCase(), response);
    }

    @Override
    public void onError(Throwable cut) {}

    @Override
    public void onCompleted() {}

    @Override
    public String toString() {
      return number + " " + gender + " seeks " + (seeking.isEmpty() ? "anyone" : seeking);
    }

    private boolean seeks(Gender sought) {
      return seeking.isEmpty() || seeking.contains(sought);
    }

    private static FindPeerRequest request(Seeker seeker, String intent, RandomGenerator random) {
      Criteria criteria =
          Criteria.newBuilder()
              .setMode(Mode.MODE_TEXT)
              .setIntent(intent)
              .addAllSeeking(seeker.seeking)
              .addAllTags(some(random, 5, () -> "tag" + random.nextInt(TAGS)))
              .addAllLanguages(
                  some(random, 2, () -> LANGUAGES.get(random.nextInt(LANGUAGES.size()))))
              .build();
      return FindPeerRequest.newBuilder()
          .setNewTicket(
              NewTicket.newBuilder().setRequestId("crowd-request-1").setCriteria(criteria))
          .build();
    }

    private static List<String> some(RandomGenerator random, int most, Supplier<String> one) {
      return Stream.generate(one).limit(random.nextInt(most + 1)).distinct().toList();
    }

    private static String token(ManagedChannel channel, Gender gender) {
      CreateGuestResponse response =
          IdentityServiceGrpc.newBlockingStub(channel)
              .createGuest(
                  CreateGuestRequest.newBuilder()
                      .setBirthYear(1990)
                      .setAcceptedTerms("2026-01")
                      .setGender(gender)
                      .build());
      if (!response.hasGuest()) {
        throw new IllegalStateException("not let in: " + response);
      }
      return response.getGuest().getTokens().getAccessToken();
    }
  }

  private static final class Bearer extends CallCredentials {
    private static final Metadata.Key<String> AUTHORIZATION =
        Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
    private final String token;

    Bearer(String token) {
      this.token = token;
    }

    @Override
    public void applyRequestMetadata(RequestInfo call, Executor executor, MetadataApplier applier) {
      Metadata headers = new Metadata();
      headers.put(AUTHORIZATION, "Bearer " + token);
      applier.apply(headers);
    }
  }
}
