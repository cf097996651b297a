package parley.bot.core;

import java.time.Duration;
import parley.domain.CorrelationId;
import parley.domain.SessionId;

/// Where an AI peer is wanted.
///
/// @param enterWithin the grant is of no use later
/// @param correlation follows the match through all logs
public record Invitation(
    SessionId session,
    SealedGrant grant,
    Duration enterWithin,
    Person person,
    CorrelationId correlation) {}
