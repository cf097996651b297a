/// How any node runs; no rule of the product.
@NullMarked
package parley.platform;

import org.jspecify.annotations.NullMarked;
