/// The house rules of docs/STYLE, checked over every module: who may know whom, and how big a thing
/// may be. What is allowed stands in lists; an exception stands in [parley.local.house.Exceptions].
@NullMarked
package parley.local.house;

import org.jspecify.annotations.NullMarked;
