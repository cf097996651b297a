package parley.session.core;

/// What became of the text with this sequence.
public record TextOutcome(long sequence, Outcome outcome) {}
