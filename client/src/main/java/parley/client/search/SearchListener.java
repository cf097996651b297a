package parley.client.search;

/// Hears of a search. Called on the search's own thread, one event at a time, in order; it may
/// block (the search waits for it) and may call the search.
@FunctionalInterface
public interface SearchListener {
  void on(SearchEvent event);
}
