package parley.site;

import java.util.List;
import parley.domain.NodeId;
import parley.platform.config.HostPort;
import parley.platform.grpc.AdminPort;
import parley.platform.lifecycle.Lifecycle;
import parley.platform.lifecycle.Node;
import parley.platform.lifecycle.NodeContext;

/// One node that serves the page. Any number may stand behind one name.
public final class SiteNode implements Node {
  private final NodeContext context;
  private final Lifecycle lifecycle = new Lifecycle();
  private final AdminPort admin;
  private final SitePort site;

  /// Starts everything; on a failure nothing is left open.
  public static SiteNode start(SiteConfig config) {
    return new SiteNode(config, NodeContext.of(config.node().id()));
  }

  private SiteNode(SiteConfig config, NodeContext context) {
    this.context = context;
    try {
      admin = lifecycle.own(AdminPort.open(config.node(), List.of(), context));
      site = lifecycle.own(SitePort.open(config.serving(), SiteFiles.in(config.files())));
      admin.ready();
    } catch (RuntimeException failure) {
      lifecycle.close();
      throw failure;
    }
  }

  @Override
  public NodeId id() {
    return context.id();
  }

  public HostPort serving() {
    return site.address();
  }

  /// Nothing lasts longer than one answer.
  @Override
  public void drain() {
    admin.draining();
  }

  @Override
  public void close() {
    lifecycle.close();
  }
}
