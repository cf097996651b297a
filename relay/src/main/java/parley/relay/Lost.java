package parley.relay;

/// A member who does not come back: still away with this attachment; 0 if it never came.
public record Lost(int member, long attachment) {}
