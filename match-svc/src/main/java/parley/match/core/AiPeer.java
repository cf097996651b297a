package parley.match.core;

import parley.domain.NodeId;
import parley.domain.ParticipantId;
import parley.domain.TalkerKind;

/// An AI peer that bot-svc keeps for one ticket.
///
/// @param participant as which it enters; another one for each reservation
/// @param node of bot-svc, which alone can send it
/// @param reservation bot-svc's name for it
/// @param talker what it talks by
/// @param provider who gets the words if they leave the house; empty if they stay
public record AiPeer(
    ParticipantId participant,
    NodeId node,
    String reservation,
    TalkerKind talker,
    String provider) {}
