package parley.platform.discovery;

import io.grpc.EquivalentAddressGroup;
import io.grpc.NameResolver;
import io.grpc.StatusOr;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;
import parley.platform.config.HostPort;

/// Feeds one channel with the mesh addresses of one service. It is told the addresses and asks
/// nobody itself. Thread-safe.
final class DirectoryResolver extends NameResolver {
  private final ServiceName service;
  private final Runnable askSoon;
  private List<HostPort> addresses;
  private @Nullable Listener2 listener;

  /// @param askSoon must not block: has the directory read soon
  DirectoryResolver(ServiceName service, List<HostPort> addresses, Runnable askSoon) {
    this.service = service;
    this.addresses = addresses;
    this.askSoon = askSoon;
  }

  @Override
  public String getServiceAuthority() {
    return service.text();
  }

  @Override
  public synchronized void start(Listener2 channel) {
    listener = channel;
    tell(channel);
  }

  /// The channel asks after a connection failed.
  @Override
  public void refresh() {
    askSoon.run();
  }

  @Override
  public synchronized void shutdown() {
    listener = null;
  }

  /// No address is told too: calls then fail, or wait if they are ready to.
  synchronized void resolved(List<HostPort> now) {
    if (!now.equals(addresses)) {
      addresses = now;
      if (listener != null) {
        tell(listener);
      }
    }
  }

  private void tell(Listener2 channel) {
    List<EquivalentAddressGroup> groups =
        addresses.stream()
            .map(at -> new EquivalentAddressGroup(new InetSocketAddress(at.host(), at.port())))
            .toList();
    channel.onResult(
        ResolutionResult.newBuilder().setAddressesOrError(StatusOr.fromValue(groups)).build());
  }
}
