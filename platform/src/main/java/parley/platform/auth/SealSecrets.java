package parley.platform.auth;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// What a secrets file says: the secret that seals, and all that still open.
///
/// ```yaml
/// current:  {id: s2, secret: <base64 of 32 bytes or more>}
/// next:     {id: s3, secret: …}    # optional: known everywhere before it seals
/// previous: {id: s1, secret: …}    # optional: opens what it sealed
/// ```
record SealSecrets(SealSecret current, Map<String, SealSecret> byId) {
  static final String CURRENT = "current";
  static final String NEXT = "next";
  static final String PREVIOUS = "previous";

  private static final List<String> NAMES = List.of(CURRENT, NEXT, PREVIOUS);

  SealSecrets {
    byId = Map.copyOf(byId);
  }

  /// @throws IllegalArgumentException with what is wrong; secrets are not quoted
  static SealSecrets parse(byte[] yaml) {
    Map<String, SealSecret> byName = new LinkedHashMap<>();
    for (Map.Entry<?, ?> entry : document(yaml).entrySet()) {
      String name = String.valueOf(entry.getKey());
      if (!NAMES.contains(name)) {
        throw new IllegalArgumentException("'" + name + "' is unknown, expected one of " + NAMES);
      }
      byName.put(name, secret(name, entry.getValue()));
    }
    SealSecret current = byName.get(CURRENT);
    if (current == null) {
      throw new IllegalArgumentException("current is missing, expected {id, secret}");
    }
    Map<String, SealSecret> byId = new LinkedHashMap<>();
    byName.values().forEach(secret -> byId.put(secret.id(), secret));
    if (byId.size() < byName.size()) {
      throw new IllegalArgumentException("two secrets have one id, expected an id for each");
    }
    return new SealSecrets(current, byId);
  }

  private static Map<?, ?> document(byte[] yaml) {
    try {
      Object document =
          new Load(LoadSettings.builder().build())
              .loadFromString(new String(yaml, StandardCharsets.UTF_8));
      if (document instanceof Map<?, ?> map) {
        return map;
      }
    } catch (YamlEngineException quotesTheFile) {
      // Falls through: the library's message shows the line, and with it the secret.
    }
    throw new IllegalArgumentException("not a YAML map of current, next and previous");
  }

  private static SealSecret secret(String name, @Nullable Object value) {
    if (!(value instanceof Map<?, ?> map) || !(map.get("secret") instanceof String secret)) {
      throw new IllegalArgumentException(name + " is not {id, secret}");
    }
    try {
      return new SealSecret(String.valueOf(map.get("id")), decode(secret));
    } catch (IllegalArgumentException wrong) {
      throw new IllegalArgumentException(name + "." + wrong.getMessage(), wrong);
    }
  }

  private static byte[] decode(String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException quotesTheSecret) {
      throw new IllegalArgumentException("secret is not base64");
    }
  }
}
