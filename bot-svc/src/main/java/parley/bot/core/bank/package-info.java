/// Small talk from a bank of exchanges, found by what a person means; ten minutes, in this order:
///
/// 1. [Exchange] is what a person might say, with what may be answered: text files, one folder for
///    each language, whose format stands in the README beside them.
/// 2. [BankReader] reads them and [BankCheck] looks for faults in them; both tell all at once.
/// 3. [Bank] finds the exchanges nearest to what was said. It is made once and shared.
/// 4. [SmallTalk] is one session's talk: it picks a reply, never the same twice, and knows which
///    question it asked last.
@NullMarked
package parley.bot.core.bank;

import org.jspecify.annotations.NullMarked;
