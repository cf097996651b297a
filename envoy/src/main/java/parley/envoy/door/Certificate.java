package parley.envoy.door;

import com.google.protobuf.ByteString;

/// A certificate chain and its private key, both PEM.
public record Certificate(ByteString chain, ByteString key) {
  @Override
  public String toString() {
    return "Certificate[" + chain.size() + " bytes, key not shown]";
  }
}
