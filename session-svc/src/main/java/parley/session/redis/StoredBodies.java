package parley.session.redis;

import com.google.protobuf.InvalidProtocolBufferException;
import parley.proto.storage.session.v1.StoredBody;
import parley.relay.Body;
import parley.session.core.About;
import parley.session.core.Content;
import parley.session.core.port.Bodies;

/// Messages as `parley.storage.session.v1.StoredBody`.
public final class StoredBodies implements Bodies {
  @Override
  public Body encode(Content content) {
    StoredBody.Builder body = StoredBody.newBuilder();
    switch (content) {
      case Content.Text(String text) -> body.setText(text);
      case Content.Disclosure(String text) -> body.setDisclosure(text);
      case Content.Unknown() -> {}
    }
    return Body.of(body.build().toByteArray());
  }

  @Override
  public Content decode(Body body) {
    try {
      StoredBody stored = StoredBody.parseFrom(body.bytes());
      return switch (stored.getContentCase()) {
        case TEXT -> new Content.Text(stored.getText());
        case DISCLOSURE -> new Content.Disclosure(stored.getDisclosure());
        case CONTENT_NOT_SET -> new Content.Unknown();
      };
    } catch (InvalidProtocolBufferException ofAnotherVersion) {
      return new Content.Unknown();
    }
  }

  @Override
  public Body encode(About about) {
    return Body.of(StoredAbout.write(about));
  }

  @Override
  public About about(Body body) {
    return StoredAbout.read(body.bytes());
  }
}
