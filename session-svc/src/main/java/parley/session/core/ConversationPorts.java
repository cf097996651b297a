package parley.session.core;

import parley.session.core.port.Bodies;
import parley.session.core.port.Journal;
import parley.session.core.port.Timers;

/// What conversations need of others.
public record ConversationPorts(Bodies bodies, Journal journal, Timers timers) {}
