/// Stories: what people live through, told through a real Envoy against real services and a real
/// Redis. Each says in its name what a person can count on.
@NullMarked
package parley.local.story;

import org.jspecify.annotations.NullMarked;
