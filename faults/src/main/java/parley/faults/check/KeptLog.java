package parley.faults.check;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import parley.faults.history.Noted;
import parley.faults.history.Place;

/// A log as it was kept at the end: what every earlier observation is held against.
final class KeptLog {
  private final List<Noted> entries;
  private final Map<Place, Noted> byPlace = new HashMap<>();
  private final Map<String, Noted> byWords = new HashMap<>();

  KeptLog(List<Noted> entries) {
    this.entries = entries;
    for (Noted entry : entries) {
      byPlace.putIfAbsent(entry.place(), entry);
      byWords.putIfAbsent(entry.text(), entry);
    }
  }

  List<Noted> entries() {
    return entries;
  }

  /// The entry at exactly this place, its check included.
  @Nullable Noted at(@Nullable Place place) {
    return byPlace.get(place);
  }

  @Nullable Noted of(String words) {
    return byWords.get(words);
  }

  /// Whether a reader who stands here stands in this log. The start of a log is in every log of its
  /// epoch; a place without a check cannot be known and is taken for good.
  boolean holds(Place place) {
    boolean sameEpoch = !entries.isEmpty() && placeOf(entries.getFirst()).epoch() == place.epoch();
    return sameEpoch && (place.offset() == 0 || place.check() == 0 || byPlace.containsKey(place));
  }

  long firstOffset() {
    return entries.isEmpty() ? 1 : placeOf(entries.getFirst()).offset();
  }

  static Place placeOf(Noted line) {
    Place place = line.place();
    if (place == null) {
      throw new IllegalArgumentException("line has no place: " + line);
    }
    return place;
  }
}
