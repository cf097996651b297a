package parley.client.conversation;

/// A text that this member wrote here.
///
/// @param number 1 for the first text given to a conversation on this device, then one more each;
///   how events name it. Not the sequence on the wire, which may change until the text is stored.
public record OwnText(long number, String text) {}
