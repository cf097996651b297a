package parley.site;

import java.util.Map;
import parley.site.SiteFile.Packed;

/// One file of the page, in every form it can be sent in.
///
/// @param lasting true for a name that changes with the content: kept by browsers for a year
/// @param forms by content coding, `identity` always among them
record SiteFile(String contentType, boolean lasting, Map<String, Packed> forms) {
  static final String IDENTITY = "identity";

  SiteFile {
    forms = Map.copyOf(forms);
  }

  /// @param tag names these bytes among all forms of all versions
  @SuppressWarnings("ArrayRecordComponent") // Never compared, and written as it is.
  record Packed(byte[] bytes, String tag) {}
}
