/// The other services, as an AI peer calls them: session-svc as a member, identity-svc for tokens.
@NullMarked
package parley.bot.clients;

import org.jspecify.annotations.NullMarked;
