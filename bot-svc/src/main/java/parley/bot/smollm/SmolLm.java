package parley.bot.smollm;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parley.bot.core.Improvised;
import parley.bot.core.port.Improviser;
import parley.platform.lifecycle.NodeContext;

/// Makes up lines by the small model: one, and another if that was not taken, both within a short
/// time; whoever would have to wait too long is told at once.
public final class SmolLm implements Improviser, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SmolLm.class);

  /// What it takes to be heard in time on two cores with everything running.
  public static final Duration WITHIN = Duration.ofMillis(2_200);

  /// Of that time: for its turn to come, and until when there is time for another try.
  private static final double PATIENCE = 0.4;

  private static final double ANOTHER_UNTIL = 0.75;
  private static final double BOLDER = 0.6;
  private static final int LONGEST_TEXT = 240;
  private static final String SYSTEM =
      "You are a friendly AI chatbot. Reply to the user in one short sentence and ask one question"
          + " about the user.";

  private final SmallModel model;
  private final Duration within;
  private final InstantSource steady;
  private final ScheduledExecutorService timers;
  private volatile boolean closed;

  /// @param weights in GGUF; read with the first conversation
  /// @param within how long a line may take, with all tries
  public SmolLm(Path weights, Duration within, NodeContext context) {
    this(NativeModel.of(weights), within, context);
  }

  SmolLm(SmallModel model, Duration within, NodeContext context) {
    this.model = model;
    this.within = within;
    this.steady = context.steady();
    this.timers =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name(context.id() + "-smollm-times").factory());
  }

  @Override
  public void warm() {
    model.warm();
  }

  @Override
  public boolean isReady() {
    return model.isReady();
  }

  @Override
  public Improvisation improvise(Scene scene, Audience audience) {
    Making making = new Making(scene, audience);
    making.begin();
    return making;
  }

  /// Lets go of what this node asked for, and tells nobody; the model stays, for others of this
  /// process. Who asks from now on is told that it is not ready.
  @Override
  public void close() {
    closed = true;
    timers.shutdownNow();
  }

  private Duration part(double share) {
    return Duration.ofMillis((long) (share * within.toMillis()));
  }

  private static List<ChatMessage> messages(Scene scene) {
    List<ChatMessage> messages = new ArrayList<>();
    messages.add(SystemMessage.from(SYSTEM));
    scene.examples().reversed().forEach(turn -> add(messages, turn));
    scene.before().forEach(turn -> add(messages, turn));
    messages.add(UserMessage.from(cut(scene.said())));
    return messages;
  }

  private static void add(List<ChatMessage> messages, Turn turn) {
    messages.add(UserMessage.from(cut(turn.said())));
    messages.add(AiMessage.from(cut(turn.replied())));
  }

  private static String cut(String text) {
    String line = text.replace('\n', ' ').strip();
    return line.length() <= LONGEST_TEXT ? line : line.substring(0, LONGEST_TEXT);
  }

  /// One line for one audience.
  private final class Making implements Improvisation, StreamingChatResponseHandler {
    private final Scene scene;
    private final Audience audience;
    private final Instant began = steady.instant();
    private final AtomicBoolean over = new AtomicBoolean();
    private volatile String text = "";
    private int tries;

    private Making(Scene scene, Audience audience) {
      this.scene = scene;
      this.audience = audience;
    }

    private void begin() {
      if (closed) {
        end(Improvised.NOT_READY);
        return;
      }
      var _ = timers.schedule(this::late, within.toMillis(), TimeUnit.MILLISECONDS);
      ask(TextRequest.Sampling.USUAL.temperature());
    }

    private void ask(double temperature) {
      tries++;
      text = "";
      ChatRequestParameters parameters =
          ChatRequestParameters.builder().temperature(temperature).build();
      new SmolLmChat(model, part(PATIENCE), () -> !over.get() && !closed)
          .chat(
              ChatRequest.builder().messages(messages(scene)).parameters(parameters).build(), this);
    }

    @Override
    public void cancel() {
      over.set(true);
    }

    /// What comes after two whole sentences would not be said.
    @Override
    public void onPartialResponse(PartialResponse piece, PartialResponseContext context) {
      String sofar = text + piece.text();
      text = sofar;
      if (hasTwoSentences(sofar)) {
        context.streamingHandle().cancel();
        offer(sofar);
      }
    }

    @Override
    public void onCompleteResponse(ChatResponse response) {
      offer(text);
    }

    @Override
    public void onError(Throwable failure) {
      boolean refused = failure instanceof RateLimitException;
      boolean read = model.isReady();
      end(refused ? read ? Improvised.BUSY : Improvised.NOT_READY : Improvised.FAILED);
    }

    private void offer(String made) {
      if (over.get() || audience.hears(made) == Wish.NO_OTHER) {
        over.set(true);
        return;
      }
      boolean another =
          tries < 2 && Duration.between(began, steady.instant()).compareTo(part(ANOTHER_UNTIL)) < 0;
      if (another) {
        ask(BOLDER);
      } else {
        end(Improvised.NONE_FITS);
      }
    }

    /// Of what a timer's task throws nobody would learn.
    private void late() {
      try {
        end(Improvised.LATE);
      } catch (RuntimeException | Error thrown) {
        LOG.atError().setCause(thrown).log("who asked the small model threw");
      }
    }

    private void end(Improvised why) {
      if (over.compareAndSet(false, true)) {
        audience.over(why);
      }
    }
  }

  private static boolean hasTwoSentences(CharSequence text) {
    int ends = 0;
    for (int at = 1; at < text.length(); at++) {
      boolean ended = "!?.".indexOf(text.charAt(at - 1)) >= 0 && text.charAt(at) == ' ';
      ends += ended ? 1 : 0;
    }
    return ends >= 2;
  }
}
