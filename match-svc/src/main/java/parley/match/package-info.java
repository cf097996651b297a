/// match-svc: pairs people by wishes. Read `core` first, then `ticket_seek.lua` beside
/// [parley.match.redis.RedisTicketPool]; [MatchNode] composes.
@NullMarked
package parley.match;

import org.jspecify.annotations.NullMarked;
