package parley.platform.notice;

/// Hears what other nodes tell this one. Called by one thread; must not block.
public interface NoticeListener {
  void noticed(byte[] notice);

  /// The subscription was renewed: what was told in between is lost.
  void missed();
}
