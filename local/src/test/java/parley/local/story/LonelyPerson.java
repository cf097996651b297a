package parley.local.story;

import com.google.protobuf.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import parley.client.Parley;
import parley.client.call.Face;
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
import parley.proto.domain.v1.Mode;
import parley.proto.match.v1.AiWelcome;
import parley.proto.match.v1.Criteria;
import parley.proto.match.v1.Level;
import parley.testing.Eventually;

/// Somebody who comes when nobody is there, and says whether an AI peer may come soon.
final class LonelyPerson implements AutoCloseable {
  private static final int BIRTH_YEAR = 1990;
  private static final int SOON_NANOS = 500_000_000;

  private final Parley parley;
  private final Identity identity;
  private final Criteria criteria;
  private final Heard<SearchEvent> searched = new Heard<>();
  private final Heard<Lookout> lookouts = new Heard<>();
  private final Heard<ConversationEvent> heard = new Heard<>();
  private @Nullable PeerSearch search;
  private @Nullable Companionship companionship;
  private @Nullable Conversation conversation;

  private LonelyPerson(Parley parley, Identity identity, Criteria criteria) {
    this.parley = parley;
    this.identity = identity;
    this.criteria = criteria;
  }

  /// A tag that nobody else has. Without digits: many of them may be a number to call, which an AI
  /// peer does not repeat.
  static String ownTag() {
    return "alone-" + UUID.randomUUID().toString().substring(0, 8).replaceAll("[0-9]", "$0x");
  }

  static LonelyPerson arrive(String door, AiWelcome welcome, String tag) {
    Parley parley = Parley.connect(ServerAddress.parse(door), Face.NATIVE);
    Identity identity =
        parley.newGuest(new GuestWish(BIRTH_YEAR, Gender.GENDER_UNSPECIFIED, _ -> true, null));
    Criteria criteria =
        Criteria.newBuilder()
            .setMode(Mode.MODE_TEXT)
            .addTags(tag)
            .addLanguages("en")
            .setWidestLevel(Level.LEVEL_SAME_TAGS)
            .setAiWelcome(welcome)
            .setAiAfter(Duration.newBuilder().setNanos(SOON_NANOS))
            .build();
    return new LonelyPerson(parley, identity, criteria);
  }

  LonelyPerson seek() {
    search = parley.search(identity, criteria, searched::add);
    return this;
  }

  /// Goes on with the ticket of the match whose peer was lost.
  LonelyPerson seekOn(Match lost) {
    closeSearch();
    search = parley.searchOn(identity, criteria, lost.ticketId(), searched::add);
    return this;
  }

  Match found() {
    return searched.await("somebody was found", SearchEvent.Found.class).match();
  }

  /// Waits for the match, enters, and keeps looking if the ticket stays in line.
  Match enter() {
    Match match = found();
    conversation = parley.enter(identity, match, heard::add);
    heard.await("entered", ConversationEvent.Entered.class);
    companionship = parley.companionship(identity, match, lookouts::add);
    return match;
  }

  void say(String text) {
    if (conversation == null) {
      throw new IllegalStateException("not in a conversation");
    }
    conversation.send(text);
  }

  Heard<SearchEvent> searched() {
    return searched;
  }

  Heard<ConversationEvent> heard() {
    return heard;
  }

  /// The peer's words.
  List<ConversationEvent.Message> messages() {
    return heard.all(ConversationEvent.Message.class);
  }

  /// Waits for so many messages; the text of the last of them.
  String awaitMessages(int count) {
    Eventually.holds(count + " messages came", () -> messages().size() >= count);
    return messages().get(count - 1).text();
  }

  @Override
  public void close() {
    closeSearch();
    if (companionship != null) {
      companionship.close();
    }
    if (conversation != null) {
      conversation.close();
    }
    identity.close();
    parley.close();
  }

  private void closeSearch() {
    if (search != null) {
      search.close();
      search = null;
    }
  }
}
