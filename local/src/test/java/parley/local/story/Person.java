package parley.local.story;

import java.util.List;
import org.jspecify.annotations.Nullable;
import parley.client.Parley;
import parley.client.call.Face;
import parley.client.call.ServerAddress;
import parley.client.conversation.Conversation;
import parley.client.conversation.ConversationEvent;
import parley.client.conversation.ConversationState;
import parley.client.identity.GuestWish;
import parley.client.identity.Identity;
import parley.client.search.Match;
import parley.client.search.PeerSearch;
import parley.client.search.SearchEvent;
import parley.platform.lifecycle.Lifecycle;
import parley.proto.session.v1.ReadReceipts;

/// Somebody who comes to the door: a guest with one face, one search and one conversation at a
/// time, who remembers what they heard.
final class Person implements AutoCloseable {
  private static final int BIRTH_YEAR = 1990;

  private final Parley parley;
  private final AutoCloseable connection;
  private final Identity identity;
  private final Wishes wishes;
  private Heard<SearchEvent> searched = new Heard<>();
  private Heard<ConversationEvent> heard = new Heard<>();
  private @Nullable PeerSearch search;
  private String correlation = "";
  private @Nullable Conversation conversation;
  private @Nullable Conversation firstTab;

  private Person(Parley parley, AutoCloseable connection, Identity identity, Wishes wishes) {
    this.parley = parley;
    this.connection = connection;
    this.identity = identity;
    this.wishes = wishes;
  }

  /// Arrives at the door and becomes a guest.
  static Person arrive(String door, Face face, Wishes wishes) {
    Parley parley = Parley.connect(ServerAddress.parse(door), face);
    try {
      return new Person(parley, parley, guest(parley, wishes), wishes);
    } catch (RuntimeException refused) {
      parley.close();
      throw refused;
    }
  }

  /// Arrives over a connection that others use too and that somebody else closes.
  static Person arrive(Parley shared, Wishes wishes) {
    return new Person(shared, () -> {}, guest(shared, wishes), wishes);
  }

  private static Identity guest(Parley parley, Wishes wishes) {
    return parley.newGuest(new GuestWish(BIRTH_YEAR, wishes.gender(), _ -> true, null));
  }

  /// Presses the button.
  Person seek() {
    closeSearch();
    searched = new Heard<>();
    PeerSearch begun = parley.search(identity, wishes.criteria(), searched::add);
    search = begun;
    correlation = begun.correlationId();
    return this;
  }

  /// The id by which an operator follows the search that began last.
  String correlation() {
    return correlation;
  }

  /// Presses the button and waits until in line.
  Person seekAndWait() {
    seek();
    searched.await("the ticket waits in line", SearchEvent.Waiting.class);
    return this;
  }

  /// Waits for the match.
  Match found() {
    return searched.await("somebody was found", SearchEvent.Found.class).match();
  }

  /// Whether somebody was found by now.
  boolean isFound() {
    return !searched.all(SearchEvent.Found.class).isEmpty();
  }

  /// Waits for the match and enters.
  Person enter() {
    return enter(ReadReceipts.READ_RECEIPTS_SHOWN);
  }

  Person enter(ReadReceipts readReceipts) {
    Match match = found();
    heard = new Heard<>();
    conversation = parley.enter(identity, match, readReceipts, heard::add);
    heard.await("entered", ConversationEvent.Entered.class);
    return this;
  }

  Person say(String text) {
    talk().send(text);
    return this;
  }

  /// As a closed tab does: goes away without a word and keeps what a tab keeps.
  ConversationState closeTab() {
    Conversation open = talk();
    open.close();
    conversation = null;
    return open.state();
  }

  /// Comes back with what the tab kept; what is heard from now on is kept apart.
  Person reopen(ConversationState kept) {
    heard = new Heard<>();
    conversation = parley.resume(identity, kept, heard::add);
    heard.await("came back", ConversationEvent.Resumed.class);
    return this;
  }

  /// The same conversation in another tab; the first is left open.
  Person openSecondTab(ConversationState kept) {
    firstTab = conversation;
    return reopen(kept);
  }

  void leave() {
    talk().leave();
  }

  Conversation talk() {
    if (conversation == null) {
      throw new IllegalStateException("not in a conversation");
    }
    return conversation;
  }

  Identity identity() {
    return identity;
  }

  Heard<SearchEvent> searched() {
    return searched;
  }

  Heard<ConversationEvent> heard() {
    return heard;
  }

  /// The peer's words, in the order they came.
  List<String> messages() {
    return heard.all(ConversationEvent.Message.class).stream()
        .map(ConversationEvent.Message::text)
        .toList();
  }

  /// How many of this person's own texts are stored.
  long stored() {
    return heard.all(ConversationEvent.Stored.class).size();
  }

  @Override
  public void close() {
    closeSearch();
    if (conversation != null) {
      conversation.close();
    }
    if (firstTab != null) {
      firstTab.close();
    }
    identity.close();
    Lifecycle ends = new Lifecycle();
    ends.own(connection);
    ends.close();
  }

  private void closeSearch() {
    if (search != null) {
      search.close();
      search = null;
    }
  }
}
