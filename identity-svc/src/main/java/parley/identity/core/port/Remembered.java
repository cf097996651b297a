package parley.identity.core.port;

/// All that identity-svc remembers, each part by its role.
public record Remembered(
    FamilyNumbers families,
    Devices devices,
    Bans bans,
    Challenges challenges,
    RevocationLog revocations) {}
