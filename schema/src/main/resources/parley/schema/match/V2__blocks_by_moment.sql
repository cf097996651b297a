-- A Redis that lost its tail is told again what was added lately.
CREATE INDEX blocks_at ON blocks (at);
