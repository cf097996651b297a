package parley.platform.auth;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Optional;
import parley.platform.config.ConfigFaults;
import parley.platform.config.ReloadedFile;
import parley.proto.token.v1.Sealed;

/// Seals what only our own services read (HMAC-SHA-256, 1–2 µs), and opens it again. Sealing hides
/// nothing: whoever holds the bytes can read them; nobody without the secret can make or change
/// them.
///
/// The secrets file is read again when it changes, so rotation needs no restart: what `next` or
/// `previous` sealed opens as well as what `current` sealed. Thread-safe; may be called on an event
/// loop.
public final class Seals {
  private final ReloadedFile<SealSecrets> secrets;

  private Seals(ReloadedFile<SealSecrets> secrets) {
    this.secrets = secrets;
  }

  /// Reads the secrets; [SealFiles#create] makes such a file.
  ///
  /// @throws ConfigFaults if the file cannot be read or says something else
  public static Seals open(Path secretsFile) {
    return new Seals(ReloadedFile.open(secretsFile, SealSecrets::parse));
  }

  /// The bytes of a `parley.token.v1.Sealed`. The same payload gives the same bytes until the
  /// secret is rotated.
  public byte[] seal(Purpose purpose, byte[] payload) {
    SealSecret secret = secrets.value().current();
    return Sealed.newBuilder()
        .setKeyId(secret.id())
        .setPayload(ByteString.copyFrom(payload))
        .setMac(ByteString.copyFrom(secret.mac(purpose, payload)))
        .build()
        .toByteArray();
  }

  /// The payload, if one of our secrets sealed it for this purpose. Whether it is still in time is
  /// the caller's to judge.
  public Optional<byte[]> open(Purpose purpose, byte[] sealed) {
    try {
      Sealed parsed = Sealed.parseFrom(sealed);
      SealSecret secret = secrets.value().byId().get(parsed.getKeyId());
      byte[] payload = parsed.getPayload().toByteArray();
      return secret != null
              && MessageDigest.isEqual(secret.mac(purpose, payload), parsed.getMac().toByteArray())
          ? Optional.of(payload)
          : Optional.empty();
    } catch (InvalidProtocolBufferException notSealed) {
      return Optional.empty();
    }
  }
}
