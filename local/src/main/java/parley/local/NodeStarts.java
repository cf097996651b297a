package parley.local;

import java.util.Map;
import parley.bot.BotConfig;
import parley.bot.BotNode;
import parley.domain.NodeId;
import parley.envoy.DoorConfig;
import parley.envoy.DoorNode;
import parley.identity.IdentityConfig;
import parley.identity.IdentityNode;
import parley.match.MatchConfig;
import parley.match.MatchNode;
import parley.platform.config.Settings;
import parley.platform.discovery.ServiceName;
import parley.platform.lifecycle.NodeContext;
import parley.session.SessionConfig;
import parley.session.SessionNode;
import parley.site.SiteConfig;
import parley.site.SiteNode;

/// Starts a node of each service inside this JVM, from the settings that a process would read.
final class NodeStarts {
  private NodeStarts() {}

  static LocalNode start(ServiceName service, Map<String, String> values) {
    Settings settings = Settings.of(values);
    NodeContext context = NodeContext.of(new NodeId(settings.text("node.id")));
    return switch (service) {
      case IDENTITY -> {
        IdentityNode node = IdentityNode.start(IdentityConfig.read(settings), context);
        yield new LocalNode(
            service.text(), node, node.serving(), node.adminGrpc(), node.adminHttp());
      }
      case MATCH -> {
        MatchNode node = MatchNode.start(MatchConfig.read(settings), context);
        yield new LocalNode(
            service.text(), node, node.serving(), node.adminGrpc(), node.adminHttp());
      }
      case SESSION -> {
        SessionNode node = SessionNode.start(SessionConfig.read(settings), context);
        yield new LocalNode(
            service.text(), node, node.serving(), node.adminGrpc(), node.adminHttp());
      }
      case BOT -> {
        BotNode node = BotNode.start(BotConfig.read(settings), context);
        yield new LocalNode(service.text(), node, node.mesh(), node.adminGrpc(), node.adminHttp());
      }
    };
  }

  static SiteNode site(Map<String, String> values) {
    return SiteNode.start(SiteConfig.read(Settings.of(values)));
  }

  static DoorNode door(Map<String, String> values) {
    return DoorNode.start(DoorConfig.read(Settings.of(values)));
  }
}
