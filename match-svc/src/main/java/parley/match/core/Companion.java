package parley.match.core;

import parley.domain.NodeId;
import parley.domain.SessionId;

/// The AI peer that talks with a person meanwhile.
///
/// @param session of the two
/// @param node of bot-svc where it is
public record Companion(SessionId session, NodeId node) {}
