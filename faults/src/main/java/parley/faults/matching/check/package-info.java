/// Whether what people noted of a run can have come from a matching that keeps its promises.
/// Written from the page on matching and from what callers are told, sharing no code with either
/// side: only text.
@NullMarked
package parley.faults.matching.check;

import org.jspecify.annotations.NullMarked;
