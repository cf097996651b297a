/// The test kit: shared backing servers, awaiting, builders of test data. Test scope only.
@NullMarked
package parley.testing;

import org.jspecify.annotations.NullMarked;
