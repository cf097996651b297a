package parley.client.conversation;

import parley.client.call.Door;
import parley.client.call.Loop;
import parley.client.identity.Caller;
import parley.proto.domain.v1.Position;

/// One conversation, over either face. It keeps itself: a stream that stops is opened again from
/// the position, with back-off and full jitter, and texts that were not stored are sent again,
/// never twice.
///
/// Methods may be called by any thread and do not block, `close` excepted. Losing a connection,
/// closing this object or ending the program is never leaving: `leave` is.
public final class Conversation implements AutoCloseable {
  private final Loop loop = new Loop("parley conversation");
  private final Told told;
  private final Course course;
  private final Recourse recourse;

  private Conversation(
      Door door, Caller caller, ConversationState from, ConversationListener listener) {
    this.told = new Told(listener, from);
    SessionCalls calls = new SessionCalls(door, caller, from.sessionId(), from.correlationId());
    this.course = new Course(door, caller, calls, from, told, loop);
    this.recourse = new Recourse(calls, told, door::newId);
  }

  /// Enters, or comes back.
  ///
  /// @param from a grant to enter by, or what `state` gave before a reload
  /// @param listener hears everything, from `Entered` or `Resumed` to `Ended`
  public static Conversation open(
      Door door, Caller caller, ConversationState from, ConversationListener listener) {
    Conversation conversation = new Conversation(door, caller, from, listener);
    conversation.loop.post(conversation.course::attach);
    return conversation;
  }

  /// Writes a text. It is told `Stored` or `NotSent` later; until then it is kept, also while there
  /// is no connection.
  public OwnText send(String text) {
    OwnText own = told.number(text);
    loop.post(() -> course.write(own));
    return own;
  }

  /// Says that this member is writing. At most every two seconds; more often is harmless.
  public void typing() {
    loop.post(course::typing);
  }

  /// Says that the person has seen everything up to there. What this client received is told by
  /// itself. Lower than before changes nothing.
  public void read(Position upTo) {
    loop.post(() -> course.read(upTo));
  }

  /// To read again, block and report; good also after the end and after `close`.
  public Recourse recourse() {
    return recourse;
  }

  /// Leaves for good once what was written is stored, or soon. `Ended(YOU_LEFT)` follows.
  public void leave() {
    loop.post(course::leave);
  }

  /// What to keep in this tab's storage, as of the last event. Exact after `close`.
  public ConversationState state() {
    return told.state();
  }

  /// Goes away without leaving, as a closed tab does. No event begins after this returns, unless it
  /// is called by the listener.
  @Override
  public void close() {
    loop.post(course::close);
    loop.finish();
    told.silence();
  }
}
