package parley.domain;

/// Who calls, as the access token says.
public record Principal(
    ParticipantId participant,
    DeviceId device,
    FamilyId family,
    Cohort cohort,
    Gender gender,
    MemberKind kind) {}
