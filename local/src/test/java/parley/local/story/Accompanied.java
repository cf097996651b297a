package parley.local.story;

import com.google.protobuf.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import parley.client.Parley;
import parley.client.call.Face;
import parley.client.call.Headers;
import parley.client.call.ServerAddress;
import parley.client.conversation.Conversation;
import parley.client.conversation.ConversationEvent;
import parley.client.identity.GuestWish;
import parley.client.identity.Identity;
import parley.client.search.Companionship;
import parley.client.search.Lookout;
import parley.client.search.Match;
import parley.client.search.PeerSearch;
import parley.client.search.SearchEvent;
import parley.proto.domain.v1.Gender;
import parley.proto.domain.v1.MemberKind;
import parley.proto.match.v1.AiWelcome;
import parley.proto.match.v1.Criteria;
import parley.proto.match.v1.GetCurrentRequest;
import parley.proto.match.v1.GetCurrentResponse;
import parley.proto.match.v1.MatchServiceGrpc;
import parley.proto.match.v1.ProposalAnswer;
import parley.testing.Eventually;

/// Somebody who talks with an AI peer while a person is looked for.
final class Accompanied implements AutoCloseable {
  private static final int BIRTH_YEAR = 1990;
  private static final java.time.Duration PATIENCE = java.time.Duration.ofSeconds(40);

  private final Visitor visitor;
  private final Parley parley;
  private final Identity identity;
  private final Criteria criteria;
  private final Heard<SearchEvent> searched = new Heard<>();
  private final Heard<Lookout> lookouts = new Heard<>();
  private final Heard<ConversationEvent> withAi = new Heard<>();
  private final Heard<ConversationEvent> withPerson = new Heard<>();
  private @Nullable PeerSearch search;
  private @Nullable Companionship companionship;
  private @Nullable Conversation aiTalk;
  private @Nullable Conversation personTalk;

  private Accompanied(String door, Face face, Criteria criteria) {
    this.visitor = Visitor.at(door, face);
    this.parley = Parley.connect(ServerAddress.parse(door), face);
    this.identity =
        parley.newGuest(new GuestWish(BIRTH_YEAR, Gender.GENDER_UNSPECIFIED, _ -> true, null));
    this.criteria = criteria;
  }

  /// Arrives, waits until an AI comes, enters, and hears its first word.
  static Accompanied byAnAi(String door, Face face, Wishes wishes) {
    Criteria criteria =
        wishes.criteria().toBuilder()
            .setAiWelcome(AiWelcome.AI_WELCOME_MEANWHILE)
            .setAiAfter(Duration.newBuilder().setNanos(200_000_000))
            .build();
    Accompanied one = new Accompanied(door, face, criteria);
    one.search = one.parley.search(one.identity, criteria, one.searched::add);
    // A node that has just begun is asked again after some seconds.
    Eventually.holds(
        "an AI came", PATIENCE, () -> !one.searched.all(SearchEvent.Found.class).isEmpty());
    Match match = one.searched.all(SearchEvent.Found.class).getFirst().match();
    if (match.peerKind() != MemberKind.MEMBER_KIND_AI || !match.keepsLooking()) {
      throw new AssertionError("met " + match.peerKind() + ", expected an AI meanwhile");
    }
    one.companionship = one.parley.companionship(one.identity, match, one.lookouts::add);
    one.aiTalk = one.parley.enter(one.identity, match, one::heardFromAi);
    one.withAi.await("what the AI is", ConversationEvent.Disclosure.class);
    one.withAi.await("the AI's first word", ConversationEvent.Message.class);
    return one;
  }

  private void heardFromAi(ConversationEvent event) {
    withAi.add(event);
    if (event instanceof ConversationEvent.ProposalWithdrawn(var _, Lookout now)) {
      companionship.withdrawn(now);
    }
  }

  /// Waits until a person is there.
  ConversationEvent.PersonProposed asked() {
    return withAi.await("a person is there", ConversationEvent.PersonProposed.class);
  }

  void answer(ProposalAnswer answer) {
    companionship.answer(asked().offer(), answer);
  }

  /// Waits for the person, and enters to them.
  Match enterToPerson() {
    Match match = withAi.await("a person waits", ConversationEvent.PersonFound.class).match();
    personTalk = parley.enter(identity, match, withPerson::add);
    withPerson.await("entered", ConversationEvent.Entered.class);
    return match;
  }

  void sayToAi(String text) {
    var _ = aiTalk.send(text);
  }

  void sayToPerson(String text) {
    var _ = personTalk.send(text);
  }

  void keepLooking() {
    companionship.keepLooking();
  }

  /// Goes on with the ticket after the AI was lost.
  void lookOn() {
    String ticket = searched.all(SearchEvent.Accepted.class).getLast().ticket().getTicketId();
    companionship.close();
    search = parley.searchOn(identity, criteria, ticket, searched::add);
  }

  Heard<SearchEvent> searched() {
    return searched;
  }

  Heard<Lookout> lookouts() {
    return lookouts;
  }

  Heard<ConversationEvent> withAi() {
    return withAi;
  }

  Heard<ConversationEvent> withPerson() {
    return withPerson;
  }

  /// Where this participant stands, as match-svc says.
  GetCurrentResponse current() {
    return MatchServiceGrpc.newBlockingStub(visitor.channel())
        .withDeadlineAfter(10, TimeUnit.SECONDS)
        .withInterceptors(Headers.correlated("").bearer(identity.accessToken().text()).attached())
        .getCurrent(GetCurrentRequest.getDefaultInstance());
  }

  @Override
  public void close() {
    if (search != null) {
      search.close();
    }
    if (companionship != null) {
      companionship.close();
    }
    if (aiTalk != null) {
      aiTalk.close();
    }
    if (personTalk != null) {
      personTalk.close();
    }
    identity.close();
    parley.close();
    visitor.close();
  }
}
