package parley.match.core;

/// By what those who wait are counted for operators.
public record PoolAndLevel(Pool pool, Level level) {}
