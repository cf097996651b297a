package parley.platform.auth;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jwt.JWTClaimsSet;
import java.text.ParseException;
import java.util.Locale;
import parley.domain.Cohort;
import parley.domain.DeviceId;
import parley.domain.FamilyId;
import parley.domain.Gender;
import parley.domain.MemberKind;
import parley.domain.ParticipantId;
import parley.domain.Principal;

/// How a principal is written in an access token: claims `sub`, `dev`, `fam`, `coh`, `gen`, `kind`.
/// The only place that knows.
final class AccessClaims {
  static final JOSEObjectType TYPE = new JOSEObjectType("parley-access+jwt");

  private AccessClaims() {}

  static JWTClaimsSet.Builder write(Principal who) {
    return new JWTClaimsSet.Builder()
        .subject(who.participant().text())
        .claim("dev", who.device().text())
        .claim("fam", who.family().text())
        .claim("coh", who.cohort().code())
        .claim("gen", who.gender().name().toLowerCase(Locale.ROOT))
        .claim("kind", who.kind().name().toLowerCase(Locale.ROOT));
  }

  /// @throws ParseException if a claim is not a text
  /// @throws IllegalArgumentException if a claim is missing or says something else
  static Principal read(JWTClaimsSet claims) throws ParseException {
    return new Principal(
        new ParticipantId(text(claims, "sub")),
        new DeviceId(text(claims, "dev")),
        new FamilyId(text(claims, "fam")),
        Cohort.ofCode(text(claims, "coh")),
        Gender.valueOf(text(claims, "gen").toUpperCase(Locale.ROOT)),
        MemberKind.valueOf(text(claims, "kind").toUpperCase(Locale.ROOT)));
  }

  private static String text(JWTClaimsSet claims, String name) throws ParseException {
    String text = claims.getStringClaim(name);
    if (text == null) {
      throw new IllegalArgumentException("claim '" + name + "' is missing");
    }
    return text;
  }
}
