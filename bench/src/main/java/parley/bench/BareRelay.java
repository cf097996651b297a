package parley.bench;

import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import parley.proto.session.v1.ClientFrame;
import parley.proto.session.v1.Entered;
import parley.proto.session.v1.Envelope;
import parley.proto.session.v1.ServerFrame;
import parley.proto.session.v1.SessionServiceGrpc;

/// The floor: forwards each text to the other stream of the same session and does nothing else. No
/// token, no log, no order over a restart. The same gRPC, the same frames, a process of its own.
final class BareRelay extends SessionServiceGrpc.SessionServiceImplBase {
  private final ConcurrentMap<String, Member> waiting = new ConcurrentHashMap<>();

  /// Runs until it is killed; prints `ready PORT`.
  public static void main(String[] args) throws IOException, InterruptedException {
    Server server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .directExecutor()
            .addService(new BareRelay())
            .build()
            .start();
    System.out.println("ready " + server.getPort());
    server.awaitTermination();
  }

  @Override
  public StreamObserver<ClientFrame> converse(StreamObserver<ServerFrame> down) {
    return new Member(down);
  }

  /// One stream. Its peer is set before either has been told `entered`.
  private final class Member implements StreamObserver<ClientFrame> {
    private final StreamObserver<ServerFrame> down;
    private volatile @Nullable Member peer;

    Member(StreamObserver<ServerFrame> down) {
      this.down = down;
    }

    @Override
    public void onNext(ClientFrame frame) {
      switch (frame.getFrameCase()) {
        case ENTER -> enter(frame.getEnter().getSessionId());
        case TEXT -> forward(frame.getText().getText());
        default -> {}
      }
    }

    @Override
    public void onError(Throwable gone) {}

    @Override
    public void onCompleted() {
      down.onCompleted();
    }

    private void enter(String session) {
      Member first = waiting.putIfAbsent(session, this);
      if (first != null) {
        waiting.remove(session);
        peer = first;
        first.peer = this;
        first.entered();
        entered();
      }
    }

    private void entered() {
      synchronized (down) {
        down.onNext(ServerFrame.newBuilder().setEntered(Entered.getDefaultInstance()).build());
      }
    }

    private void forward(String text) {
      Member other = peer;
      if (other != null) {
        synchronized (other.down) {
          other.down.onNext(
              ServerFrame.newBuilder().addEnvelopes(Envelope.newBuilder().setText(text)).build());
        }
      }
    }
  }
}
