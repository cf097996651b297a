package parley.platform.grpc;

import parley.platform.config.HostPort;

/// Where a port listens and how much one call may carry, in bytes.
public record ServingPortConfig(HostPort address, int maxMessageBytes, int maxMetadataBytes) {
  private static final int MESSAGE_BYTES = 256 * 1024;

  /// As much as the door lets through.
  private static final int METADATA_BYTES = 16 * 1024;

  /// The default limits.
  public static ServingPortConfig at(HostPort address) {
    return new ServingPortConfig(address, MESSAGE_BYTES, METADATA_BYTES);
  }
}
