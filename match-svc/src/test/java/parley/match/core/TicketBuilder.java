package parley.match.core;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import parley.domain.Cohort;
import parley.domain.CorrelationId;
import parley.domain.DeviceId;
import parley.domain.Gender;
import parley.domain.Mode;
import parley.domain.ParticipantId;

/// Tickets for tests: a text ticket of somebody who states nothing and seeks anyone, unless said
/// otherwise.
public final class TicketBuilder {
  private static final RandomGenerator RANDOM = new SplittableRandom();

  private ParticipantId participant = ParticipantId.random(RANDOM);
  private DeviceId device = DeviceId.random(RANDOM);
  private Level widest = Level.ANYONE;
  private String request = "request-1";
  private Gender gender = Gender.UNSTATED;
  private List<Gender> seeking = List.of();
  private String intent = "talk";
  private List<String> tags = List.of();
  private List<String> languages = List.of();
  private AiWish ai = AiWish.NEVER;

  public static TicketBuilder ticket() {
    return new TicketBuilder();
  }

  public TicketBuilder of(ParticipantId who) {
    participant = who;
    return this;
  }

  public TicketBuilder request(String id) {
    request = id;
    return this;
  }

  public TicketBuilder on(DeviceId its) {
    device = its;
    return this;
  }

  public TicketBuilder widest(Level level) {
    widest = level;
    return this;
  }

  public TicketBuilder as(Gender stated) {
    gender = stated;
    return this;
  }

  public TicketBuilder seeking(Gender... sought) {
    seeking = List.of(sought);
    return this;
  }

  public TicketBuilder intent(String text) {
    intent = text;
    return this;
  }

  public TicketBuilder tags(String... written) {
    tags = Arrays.asList(written);
    return this;
  }

  public TicketBuilder languages(String... written) {
    languages = Arrays.asList(written);
    return this;
  }

  public TicketBuilder welcoming(AiWelcome welcome) {
    ai = new AiWish(welcome, null);
    return this;
  }

  public Ticket build() {
    return new Ticket(
        TicketId.of(participant, request),
        participant,
        device,
        Cohort.ADULT,
        gender,
        new Criteria(
            new Pool(Mode.TEXT, intent),
            Seeking.of(seeking),
            tags.stream().map(Tag::of).toList(),
            languages.stream().map(Language::of).toList(),
            widest,
            ai),
        CorrelationId.random(RANDOM));
  }
}
