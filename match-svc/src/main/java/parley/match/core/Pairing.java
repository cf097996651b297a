package parley.match.core;

import parley.domain.SessionId;

/// What a search makes of the two if it finds somebody: this session, at once or once both accept.
public record Pairing(SessionId session, Acceptance acceptance) {}
