package parley.faults.matching;

import io.grpc.CallCredentials;
import io.grpc.Metadata;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import parley.domain.Cohort;
import parley.domain.DeviceId;
import parley.domain.FamilyId;
import parley.domain.Gender;
import parley.domain.MemberKind;
import parley.domain.ParticipantId;
import parley.domain.Principal;
import parley.faults.matching.check.Line;
import parley.faults.matching.check.What;
import parley.platform.auth.AccessTokenSigner;
import parley.proto.domain.v1.Mode;
import parley.proto.match.v1.Criteria;
import parley.proto.match.v1.Level;

/// Somebody of a run: who they are, and what they wish for each time they ask.
record Person(Principal who, CallCredentials credentials) {
  private static final List<Gender> STATED = List.of(Gender.WOMAN, Gender.MAN, Gender.NONBINARY);

  static Person draw(Random random, AccessTokenSigner signer) {
    List<Gender> genders = List.of(Gender.values());
    Principal who =
        new Principal(
            ParticipantId.random(random),
            DeviceId.random(random),
            FamilyId.random(random),
            Cohort.ADULT,
            genders.get(random.nextInt(genders.size())),
            MemberKind.PERSON);
    return new Person(who, new Bearer(signer.sign(who, Duration.ofHours(4))));
  }

  /// Half of them seek anyone, one in seven wants both to be asked, one in five stays narrow.
  Criteria wish(Words words, Random random) {
    Criteria.Builder wish =
        Criteria.newBuilder()
            .setMode(Mode.MODE_TEXT)
            .setIntent(random.nextInt(7) == 0 ? "dating" : "talk")
            .addAllTags(words.drawTags(random))
            .addAllLanguages(words.drawLanguages(random));
    if (random.nextBoolean()) {
      STATED.stream()
          .filter(_ -> random.nextBoolean())
          .forEach(gender -> wish.addSeeking(proto(gender)));
    }
    if (random.nextInt(5) == 0) {
      wish.setWidestLevel(Level.forNumber(1 + random.nextInt(3)));
    }
    return wish.build();
  }

  /// What the checker must know of it.
  Line asking(int ticket, Criteria wish) {
    return Line.of(What.ASKING, ticket)
        .with("participant", who.participant())
        .with("device", who.device())
        .with(
            "gender", "GENDER_" + (who.gender() == Gender.UNSTATED ? "UNSPECIFIED" : who.gender()))
        .with(
            "seeking",
            wish.getSeekingList().stream().map(Enum::name).collect(Collectors.joining(",")))
        .with("intent", wish.getIntent())
        .with("tags", String.join(",", wish.getTagsList()))
        .with("languages", String.join(",", wish.getLanguagesList()))
        .with(
            "widest",
            wish.getWidestLevel() == Level.LEVEL_UNSPECIFIED ? 2 : wish.getWidestLevelValue() - 1);
  }

  private static parley.proto.domain.v1.Gender proto(Gender gender) {
    return parley.proto.domain.v1.Gender.valueOf("GENDER_" + gender);
  }

  private static final class Bearer extends CallCredentials {
    private final String authorization;

    Bearer(String token) {
      authorization = "Bearer " + token;
    }

    @Override
    public void applyRequestMetadata(RequestInfo call, Executor executor, MetadataApplier applier) {
      Metadata headers = new Metadata();
      headers.put(
          Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), authorization);
      applier.apply(headers);
    }
  }
}
