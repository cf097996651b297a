package parley.session.core;

import parley.relay.History;
import parley.session.core.port.Bodies;
import parley.session.core.port.Journal;
import parley.session.core.port.Refusals;
import parley.session.core.port.Timers;

/// What conversations need of others.
public record ConversationPorts(
    Bodies bodies,
    Disclosures disclosures,
    Journal journal,
    Timers timers,
    History history,
    Refusals refusals) {}
