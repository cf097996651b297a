package parley.session.core;

import java.time.InstantSource;
import java.util.random.RandomGenerator;

/// A node's time and chance.
public record NodeSources(InstantSource clock, RandomGenerator random) {}
