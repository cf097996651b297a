/// Members who talk, badly on purpose: they repeat, drop, reload, open second tabs and read slowly,
/// over both faces and around the door. They speak the wire itself, so that nothing that the client
/// library would mend is hidden from their histories.
@NullMarked
package parley.faults.talk;

import org.jspecify.annotations.NullMarked;
