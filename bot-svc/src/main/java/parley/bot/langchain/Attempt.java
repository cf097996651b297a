package parley.bot.langchain;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.output.FinishReason;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parley.bot.core.Fault;
import parley.bot.core.Reply;

/// One try at one answer: a stream of words, its times, and its end, which is told once.
/// LangChain4j calls no handler after a cancel, so the end never depends on it.
final class Attempt implements StreamingChatResponseHandler {
  private static final Logger LOG = LoggerFactory.getLogger(Attempt.class);

  private final OpenAiEndpoint.Line line;
  private final ProviderTimes times;
  private final ScheduledExecutorService timers;
  private final Reply reply;
  private final End end;
  private final AtomicBoolean over = new AtomicBoolean();
  private final AtomicReference<Future<?>> nextWord = new AtomicReference<>();
  private final AtomicReference<Future<?>> whole = new AtomicReference<>();
  private final AtomicInteger pieces = new AtomicInteger();
  private final AtomicInteger delivered = new AtomicInteger();

  /// Hears the try; the last two once, and only one of them.
  interface End {
    void sentence(String text);

    void done(int answerTokens);

    void failed(Fault fault);
  }

  Attempt(
      OpenAiEndpoint.Line line,
      ProviderTimes times,
      ScheduledExecutorService timers,
      Reply reply,
      End end) {
    this.line = line;
    this.times = times;
    this.timers = timers;
    this.reply = reply;
    this.end = end;
  }

  void start(List<ChatMessage> messages) {
    whole.set(in(times.whole(), Fault.TOO_SLOW));
    nextWord.set(in(times.firstToken(), Fault.SILENT));
    try {
      line.model().chat(ChatRequest.builder().messages(messages).build(), this);
    } catch (RuntimeException refused) {
      onError(refused);
    }
  }

  /// Nothing is told from now on; the connection is closed.
  ///
  /// @return whether it was still under way
  boolean cancel() {
    return stop();
  }

  /// How many sentences were told.
  int delivered() {
    return delivered.get();
  }

  /// How many pieces of the answer came: about its tokens.
  int pieces() {
    return pieces.get();
  }

  @Override
  public void onPartialResponse(String words) {
    if (over.get()) {
      return;
    }
    pieces.incrementAndGet();
    again(nextWord, in(times.betweenTokens(), Fault.STALLED));
    hear(reply.add(words));
  }

  @Override
  public void onCompleteResponse(ChatResponse response) {
    FinishReason reason = response.finishReason();
    if (over.get()) {
      return;
    }
    if (reason == null) {
      fail(Fault.CUT);
      return;
    }
    boolean halfASentence = reason == FinishReason.LENGTH && reply.said() > 0;
    if ((halfASentence || hear(reply.end())) && stop()) {
      end.done(answerTokens(response));
    }
  }

  @Override
  public void onError(Throwable failure) {
    Fault fault = Faults.of(failure);
    if (!over.get()) {
      LOG.atInfo().addKeyValue("fault", fault).log("provider: {}", failure.getMessage());
      fail(fault);
    }
  }

  /// @return false if that was the end
  private boolean hear(Reply.Step step) {
    for (String sentence : step.sayable()) {
      if (!over.get()) {
        delivered.incrementAndGet();
        end.sentence(sentence);
      }
    }
    step.fault().ifPresent(this::fail);
    return step.fault().isEmpty();
  }

  private int answerTokens(ChatResponse response) {
    Integer counted =
        response.tokenUsage() == null ? null : response.tokenUsage().outputTokenCount();
    return counted == null ? pieces.get() : counted;
  }

  private void fail(Fault fault) {
    if (stop()) {
      end.failed(fault);
    }
  }

  private boolean stop() {
    boolean first = over.compareAndSet(false, true);
    if (first) {
      cancel(nextWord.get());
      cancel(whole.get());
      line.cut();
    }
    return first;
  }

  private Future<?> in(Duration time, Fault fault) {
    return timers.schedule(() -> fail(fault), time.toNanos(), TimeUnit.NANOSECONDS);
  }

  private static void again(AtomicReference<Future<?>> timer, Future<?> next) {
    cancel(timer.getAndSet(next));
  }

  private static void cancel(@Nullable Future<?> timer) {
    if (timer != null) {
      timer.cancel(false);
    }
  }
}
