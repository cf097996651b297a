package parley.relay;

/// What is kept of a session whose members are watched: who comes, goes and stays away.
///
/// @param about what the service that uses the relay wants to find in the outbox; not read here
public record Attendance(Who who, Body about) {}
