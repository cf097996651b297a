package parley.bot.core.bank;

import java.util.Map;

/// An exchange that may be what a person meant.
///
/// @param score 1 for the bank's own words, else how near they are in meaning
/// @param slots what the person's words put into the slots of the phrasing; may be empty
record Near(Exchange exchange, double score, Map<String, String> slots) {
  Near {
    slots = Map.copyOf(slots);
  }
}
