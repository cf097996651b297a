/// bot-svc: AI peers, each a member of a session like any other. One node of it is a `BotNode`.
@NullMarked
package parley.bot;

import org.jspecify.annotations.NullMarked;
