package parley.platform.redis;

import com.google.common.primitives.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/// One script: one file beside its one caller.
public final class LuaScript {
  private final String name;
  private final byte[] source;
  private final byte[] sha;

  private LuaScript(String name, byte[] source) {
    this.name = name;
    this.source = source;
    this.sha = sha1Hex(source).getBytes(StandardCharsets.US_ASCII);
  }

  /// The script in a resource beside a class.
  ///
  /// @throws IllegalArgumentException if there is none
  public static LuaScript resource(Class<?> beside, String file) {
    return new LuaScript(file, read(beside, file));
  }

  /// A script that begins with what several scripts share: Lua on Redis cannot load one from
  /// another. Its name is that of the last file.
  ///
  /// @throws IllegalArgumentException if one of them is missing
  public static LuaScript resource(Class<?> beside, List<String> files) {
    return new LuaScript(
        files.getLast(),
        Bytes.concat(files.stream().map(file -> read(beside, file)).toArray(byte[][]::new)));
  }

  public String name() {
    return name;
  }

  /// Not to be changed: not copied, because it is sent on every call.
  byte[] source() {
    return source;
  }

  /// As Redis names the script: 40 hex digits. Not to be changed.
  byte[] sha() {
    return sha;
  }

  private static byte[] read(Class<?> beside, String file) {
    try (InputStream in = beside.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalArgumentException(
            "script is '" + file + "', expected a resource beside " + beside.getName());
      }
      return in.readAllBytes();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static String sha1Hex(byte[] source) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(source));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
