/// What our services ask of this one, on the mesh.
@NullMarked
package parley.bot.api;

import org.jspecify.annotations.NullMarked;
