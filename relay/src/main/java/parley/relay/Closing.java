package parley.relay;

/// How a session ended.
///
/// @param by the member who closed it; 0 if nobody of them did
/// @param reason a number of the service that uses the relay; not read here
public record Closing(int by, int reason) {}
