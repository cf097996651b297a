package parley.identity.api;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import parley.domain.DeviceId;
import parley.domain.FamilyId;
import parley.domain.ParticipantId;
import parley.domain.Principal;
import parley.identity.core.Nonce;
import parley.identity.core.RefreshFacts;
import parley.identity.core.port.TokenForms;
import parley.platform.auth.AccessTokenSigner;
import parley.platform.auth.AuthConfig;
import parley.platform.auth.Purpose;
import parley.platform.auth.Seals;
import parley.platform.grpc.DomainWords;
import parley.proto.token.v1.RefreshToken;

/// Access tokens are signed; refresh tokens (as base64url) and nonces are sealed messages of
/// `parley.token.v1`.
public final class SealedTokenForms implements TokenForms {
  private final AccessTokenSigner signer;
  private final Seals seals;

  private SealedTokenForms(AccessTokenSigner signer, Seals seals) {
    this.signer = signer;
    this.seals = seals;
  }

  /// Reads the keys and the secrets; both are read again when they are rotated.
  ///
  /// @throws parley.platform.config.ConfigFaults if one cannot be read
  public static SealedTokenForms open(Path keys, Path seals, AuthConfig auth, Clock clock) {
    return new SealedTokenForms(
        AccessTokenSigner.open(keys, auth.issuer(), auth.audience(), clock), Seals.open(seals));
  }

  @Override
  public String access(Principal who, Duration life) {
    return signer.sign(who, life);
  }

  @Override
  public String refresh(RefreshFacts facts) {
    byte[] payload =
        RefreshToken.newBuilder()
            .setFamilyId(ByteString.copyFrom(facts.family().bytes()))
            .setNumber(facts.number())
            .setParticipantId(ByteString.copyFrom(facts.participant().bytes()))
            .setDeviceId(ByteString.copyFrom(facts.device().bytes()))
            .setBirthYear(facts.birthYear())
            .setGender(DomainWords.write(facts.gender()))
            .setKind(DomainWords.write(facts.kind()))
            .build()
            .toByteArray();
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(seals.seal(Purpose.REFRESH, payload));
  }

  @Override
  public Optional<RefreshFacts> openRefresh(String token) {
    return decode(token)
        .flatMap(bytes -> seals.open(Purpose.REFRESH, bytes))
        .map(SealedTokenForms::facts);
  }

  @Override
  public byte[] nonce(Nonce nonce) {
    byte[] payload =
        parley.proto.token.v1.Nonce.newBuilder()
            .setId(ByteString.copyFrom(HexFormat.of().parseHex(nonce.id())))
            .setMadeAtMs(nonce.madeAtMillis())
            .setWorkBits(nonce.workBits())
            .build()
            .toByteArray();
    return seals.seal(Purpose.NONCE, payload);
  }

  @Override
  public Optional<Nonce> openNonce(byte[] bytes) {
    return seals.open(Purpose.NONCE, bytes).map(SealedTokenForms::parseNonce);
  }

  private static Optional<byte[]> decode(String token) {
    try {
      return Optional.of(Base64.getUrlDecoder().decode(token));
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }

  private static RefreshFacts facts(byte[] payload) {
    try {
      RefreshToken token = RefreshToken.parseFrom(payload);
      return new RefreshFacts(
          FamilyId.of(token.getFamilyId().toByteArray()),
          token.getNumber(),
          ParticipantId.of(token.getParticipantId().toByteArray()),
          DeviceId.of(token.getDeviceId().toByteArray()),
          token.getBirthYear(),
          DomainWords.read(token.getGender()),
          DomainWords.read(token.getKind()));
    } catch (InvalidProtocolBufferException brokenUnderOurSeal) {
      throw new IllegalStateException("sealed bytes are not a refresh token", brokenUnderOurSeal);
    }
  }

  private static Nonce parseNonce(byte[] payload) {
    try {
      var nonce = parley.proto.token.v1.Nonce.parseFrom(payload);
      return new Nonce(
          HexFormat.of().formatHex(nonce.getId().toByteArray()),
          nonce.getMadeAtMs(),
          nonce.getWorkBits());
    } catch (InvalidProtocolBufferException brokenUnderOurSeal) {
      throw new IllegalStateException("sealed bytes are not a nonce", brokenUnderOurSeal);
    }
  }
}
