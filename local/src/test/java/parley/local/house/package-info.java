/// The house rules, checked over every module: who may know whom, how big a thing may be, how it is
/// named, and that what the documents name is there. What is allowed stands in lists; an exception
/// stands in [parley.local.house.Exceptions].
@NullMarked
package parley.local.house;

import org.jspecify.annotations.NullMarked;
