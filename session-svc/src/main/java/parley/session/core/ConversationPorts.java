package parley.session.core;

import parley.session.core.port.Bodies;
import parley.session.core.port.Journal;
import parley.session.core.port.Settlement;
import parley.session.core.port.Timers;

/// What conversations need of others.
public record ConversationPorts(
    Bodies bodies, Settlement settlement, Journal journal, Timers timers) {}
