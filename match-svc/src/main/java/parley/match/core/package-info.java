/// How pairing works, in plain Java; ten minutes, in this order:
///
/// 1. [Criteria] is what a person wishes for. Whom they seek, mode and intent are hard; tags and
///    languages are preferences.
/// 2. [SearchPlan] turns criteria into the queues to stand in and the queues to look in, so that A
///    finds B exactly if B would find A.
/// 3. [Ticket] is a request to be matched. It lies in the pool, behind
///    [parley.match.core.port.TicketPool]; one step of the pool searches and, finding nobody,
///    stands in line, and nothing comes between.
/// 4. [TicketOwner] holds the tickets whose streams end at this node: it tells each stream what
///    becomes of its ticket, parks what falls silent and ends what waited too long.
@NullMarked
package parley.match.core;

import org.jspecify.annotations.NullMarked;
