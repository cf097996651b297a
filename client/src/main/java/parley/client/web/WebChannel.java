package parley.client.web;

import com.google.common.util.concurrent.ThreadFactoryBuilder;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.MethodDescriptor;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/// A gRPC channel that speaks gRPC-Web over HTTP/1.1. Every call in flight has a connection of its
/// own; connections are kept for later calls. Closing it cuts the calls that are still running.
public final class WebChannel extends Channel implements AutoCloseable {
  private static final Duration CONNECT_WITHIN = Duration.ofSeconds(10);

  private final URI server;
  private final WebThreads threads;
  private final HttpClient http;

  private WebChannel(URI server, WebThreads threads, HttpClient http) {
    this.server = server;
    this.threads = threads;
    this.http = http;
  }

  /// @param server scheme, host and port
  public static WebChannel open(URI server) {
    WebThreads threads =
        new WebThreads(
            Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("web call").factory()),
            Executors.newSingleThreadScheduledExecutor(
                new ThreadFactoryBuilder().setNameFormat("web deadlines").setDaemon(true).build()));
    HttpClient http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_WITHIN)
            .executor(threads.calls())
            .build();
    return new WebChannel(server, threads, http);
  }

  @Override
  public <Q, R> ClientCall<Q, R> newCall(MethodDescriptor<Q, R> method, CallOptions options) {
    return new WebCall<>(method, options, new WebExchange(http, server), threads);
  }

  @Override
  public String authority() {
    return server.getAuthority();
  }

  @Override
  public void close() {
    http.shutdownNow();
    http.close();
    threads.deadlines().shutdownNow();
    threads.calls().shutdown();
  }

  /// @param calls runs callbacks that have no executor of their own, and the HTTP client's
  /// @param deadlines ends calls that are due
  record WebThreads(ExecutorService calls, ScheduledExecutorService deadlines) {}
}
