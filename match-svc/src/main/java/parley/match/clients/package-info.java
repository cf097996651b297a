/// Other services, called over the mesh.
@NullMarked
package parley.match.clients;

import org.jspecify.annotations.NullMarked;
