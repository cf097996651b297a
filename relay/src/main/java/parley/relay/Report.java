package parley.relay;

import parley.domain.SessionId;

/// One member reports another.
///
/// @param about what the service that uses the relay wants to find in the outbox; not read here
public record Report(
    SessionId session, ReportId id, int by, int whom, Body about, EvidenceRule evidence) {}
