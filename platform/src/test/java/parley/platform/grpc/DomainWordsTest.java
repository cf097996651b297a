package parley.platform.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import parley.domain.Cohort;
import parley.domain.Gender;
import parley.domain.MemberKind;
import parley.domain.Mode;
import parley.domain.TalkerKind;

class DomainWordsTest {
  private static final int OF_A_NEWER_NODE = 99;

  @ParameterizedTest
  @EnumSource
  void everyCohortIsReadAsItWasWritten(Cohort cohort) {
    assertThat(DomainWords.read(DomainWords.write(cohort))).isEqualTo(cohort);
  }

  @ParameterizedTest
  @EnumSource
  void everyKindOfMemberIsReadAsItWasWritten(MemberKind kind) {
    assertThat(DomainWords.read(DomainWords.write(kind))).isEqualTo(kind);
  }

  @ParameterizedTest
  @EnumSource
  void everyGenderIsReadAsItWasWritten(Gender gender) {
    assertThat(DomainWords.read(DomainWords.write(gender))).isEqualTo(gender);
  }

  @ParameterizedTest
  @EnumSource
  void everyModeIsReadAsItWasWritten(Mode mode) {
    assertThat(DomainWords.read(DomainWords.write(mode))).isEqualTo(mode);
  }

  @ParameterizedTest
  @EnumSource
  void everyKindOfTalkerIsReadAsItWasWritten(TalkerKind kind) {
    assertThat(DomainWords.read(DomainWords.write(kind))).isEqualTo(kind);
  }

  @Test
  void nobodyBecomesAnAdultByAFieldThatIsLeftOut() {
    assertThatThrownBy(() -> DomainWords.read(parley.proto.domain.v1.Cohort.COHORT_UNSPECIFIED))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cohort is COHORT_UNSPECIFIED");
  }

  @Test
  void nobodyBecomesAPersonByAFieldThatIsLeftOut() {
    assertThatThrownBy(
            () -> DomainWords.read(parley.proto.domain.v1.MemberKind.MEMBER_KIND_UNSPECIFIED))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("MEMBER_KIND_UNSPECIFIED");
  }

  @Test
  void whatANewerNodeWroteIsNotGuessed() {
    var about =
        parley.proto.storage.session.v1.SessionAbout.newBuilder()
            .setCohortValue(OF_A_NEWER_NODE)
            .setModeValue(OF_A_NEWER_NODE)
            .build();

    assertThatThrownBy(() -> DomainWords.read(about.getCohort()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> DomainWords.read(about.getMode()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aTalkerThatIsNotStatedIsAModel() {
    assertThat(DomainWords.read(parley.proto.domain.v1.TalkerKind.TALKER_KIND_UNSPECIFIED))
        .isEqualTo(TalkerKind.MODEL);
  }
}
