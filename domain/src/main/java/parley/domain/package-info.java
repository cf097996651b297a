/// Words that two services share: ids, amounts and small enums that check themselves. No rule of
/// the product, no library.
@NullMarked
package parley.domain;

import org.jspecify.annotations.NullMarked;
