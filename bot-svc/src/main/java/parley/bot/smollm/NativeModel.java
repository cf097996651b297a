package parley.bot.smollm;

import de.kherud.llama.InferenceParameters;
import de.kherud.llama.LlamaIterator;
import de.kherud.llama.LlamaModel;
import de.kherud.llama.LlamaOutput;
import de.kherud.llama.ModelParameters;
import de.kherud.llama.args.LogFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parley.bot.smollm.Answered.End;
import parley.bot.smollm.Answered.Refusal;

/// The one class that calls native code, and knows its faults (de.kherud:llama 4.2.0, llama.cpp):
///
/// - Nothing is ever given back when a model is closed, using it then hangs, and so does closing it
///   while it talks. So it is read once for a whole process, whoever asks, and never closed.
/// - Only the thread that reads an answer may cancel it, between two tokens; an answer that is left
///   alone blocks all others. So one thread reads everything, and cancels in the end, always.
/// - Reading blocks in native code: the thread is a platform thread, and a daemon.
/// - A thread of its own never ends: a process ends by `System.exit` or `halt`, as all of ours do;
///   what it computes at that moment may crash the process, so it is waited for, two seconds at
///   most.
/// - A context that overflows goes on with nonsense unless shifting is off; tokens are counted
///   before.
///
/// One answer at a time: more at once share the same CPU, and none comes in time. Thread-safe.
final class NativeModel implements SmallModel {
  private static final Logger LOG = LoggerFactory.getLogger(NativeModel.class);
  private static final Map<Path, NativeModel> OF_THIS_PROCESS = new ConcurrentHashMap<>();

  private static final int CONTEXT_TOKENS = 1_024;
  private static final int AT_ONCE_TOKENS = 128;
  private static final int WAITING = 4;
  private static final int READING_THREADS = 2;
  private static final float MIN_P = 0.08f;
  private static final int PENALTY_LOOKS_BACK = 32;
  private static final long FIRST_GUESS_NANOS = 1_200_000_000;
  private static final int REMEMBERED = 8;
  private static final long ENDS_WITHIN_SECONDS = 2;

  private final Path weights;
  private final AtomicReference<State> state = new AtomicReference<>(State.UNREAD);
  private final BlockingQueue<Asked> waiting = new ArrayBlockingQueue<>(WAITING);
  private final AtomicLong usualNanos = new AtomicLong(FIRST_GUESS_NANOS);
  private final ReentrantLock computing = new ReentrantLock();
  private volatile boolean busy;
  private volatile boolean ending;
  private volatile @Nullable Thread worker;

  private enum State {
    UNREAD,
    READING,
    READY,
    UNUSABLE
  }

  private record Asked(TextRequest question, Answered answered, long since) {}

  private NativeModel(Path weights) {
    this.weights = weights;
  }

  /// The model of this file, the same for everybody in this process. Reads nothing yet.
  static NativeModel of(Path weights) {
    return OF_THIS_PROCESS.computeIfAbsent(weights.toAbsolutePath().normalize(), NativeModel::new);
  }

  /// Takes 0.2 s to some seconds, and 250 MB.
  @Override
  public void warm() {
    if (state.compareAndSet(State.UNREAD, State.READING)) {
      var _ = Thread.ofPlatform().daemon().name("smollm").start(this::work);
    }
  }

  @Override
  public boolean isReady() {
    return state.get() == State.READY;
  }

  @Override
  public void ask(TextRequest question, Answered answered) {
    warm();
    if (!isReady()) {
      answered.refused(Refusal.NOT_READY, "the small model is not there (yet)");
      return;
    }
    boolean isOwn = Thread.currentThread().equals(worker);
    long before = (waiting.size() + (busy && !isOwn ? 1 : 0)) * usualNanos.get();
    boolean inTime = before <= question.patience().toNanos();
    if (!inTime || !waiting.offer(new Asked(question, answered, System.nanoTime()))) {
      answered.refused(Refusal.BUSY, "others wait for the small model");
    }
  }

  private void work() {
    worker = Thread.currentThread();
    try {
      Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(this::end));
      LlamaModel model = read();
      state.set(State.READY);
      for (; ; ) {
        serve(model, waiting.take());
      }
    } catch (InterruptedException nobodyDoes) {
      Thread.currentThread().interrupt();
    } catch (IOException | RuntimeException | LinkageError unusable) { // Also: the process ends.
      LOG.atWarn().setCause(unusable).addKeyValue("weights", weights).log("no small model");
    } finally {
      state.set(State.UNUSABLE);
    }
  }

  /// The process ends: what native code computes then may crash it, so this waits for the end of a
  /// token, and lets nothing begin after it.
  private void end() {
    ending = true;
    try {
      var _ = computing.tryLock(ENDS_WITHIN_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException nobodyDoes) {
      Thread.currentThread().interrupt();
    }
  }

  private LlamaModel read() throws IOException {
    computing.lock();
    try {
      return readNow();
    } finally {
      computing.unlock();
    }
  }

  private LlamaModel readNow() throws IOException {
    long began = System.nanoTime();
    NativeLibrary.during(() -> LlamaModel.setLogger(LogFormat.TEXT, (_, _) -> {}));
    LlamaModel model =
        new LlamaModel(
            new ModelParameters()
                .setModel(weights.toString())
                .setCtxSize(CONTEXT_TOKENS)
                .setParallel(1)
                .setThreads(1)
                .setThreadsBatch(READING_THREADS)
                .setUbatchSize(AT_ONCE_TOKENS)
                .disableContextShift()
                .disableLog());
    LOG.atInfo()
        .addKeyValue("weights", weights.getFileName())
        .addKeyValue("ms", (System.nanoTime() - began) / 1_000_000)
        .log("small model read");
    return model;
  }

  /// Whatever an audience throws, errors too, ends its own answer and nobody else's.
  private void serve(LlamaModel model, Asked next) {
    try {
      if (next.question().wanted().getAsBoolean()) {
        begin(model, next);
      }
    } catch (Throwable thrown) {
      LOG.atError().setCause(thrown).log("who asked the small model threw");
    }
  }

  private void begin(LlamaModel model, Asked next) {
    long began = System.nanoTime();
    if (began - next.since() > next.question().patience().toNanos()) {
      next.answered().refused(Refusal.BUSY, "its turn came too late");
      return;
    }
    busy = true;
    computing.lock();
    try {
      answer(model, next.question(), next.answered());
    } catch (Throwable failed) {
      LOG.atWarn().setCause(failed).log("small model failed");
      next.answered().refused(Refusal.FAILED, String.valueOf(failed.getMessage()));
    } finally {
      computing.unlock();
      busy = false;
      long took = System.nanoTime() - began;
      usualNanos.updateAndGet(usual -> usual + (took - usual) / REMEMBERED);
    }
  }

  private void answer(LlamaModel model, TextRequest question, Answered answered) {
    if (ending) {
      answered.refused(Refusal.BUSY, "the process ends");
      return;
    }
    int asked = model.encode(question.prompt()).length;
    if (asked + question.tokens() > CONTEXT_TOKENS) {
      answered.refused(
          Refusal.TOO_LONG, asked + " tokens, expected " + (CONTEXT_TOKENS - question.tokens()));
      return;
    }
    int written = 0;
    boolean wanted = true;
    LlamaIterator words = model.generate(parameters(question)).iterator();
    try {
      while (wanted && words.hasNext()) {
        LlamaOutput piece = words.next();
        written++;
        wanted = !ending && question.wanted().getAsBoolean();
        if (wanted && !piece.text.isEmpty()) {
          answered.piece(piece.text);
          wanted = question.wanted().getAsBoolean();
        }
      }
    } finally {
      words.cancel();
    }
    if (wanted) {
      answered.done(written >= question.tokens() ? End.LENGTH : End.STOPPED, asked, written);
    }
  }

  private static InferenceParameters parameters(TextRequest question) {
    TextRequest.Sampling sampling = question.sampling();
    return new InferenceParameters(question.prompt())
        .setCachePrompt(true)
        .setNPredict(question.tokens())
        .setTemperature((float) sampling.temperature())
        .setTopP((float) sampling.topP())
        .setTopK(sampling.topK())
        .setMinP(MIN_P)
        .setRepeatPenalty(1)
        .setRepeatLastN(PENALTY_LOOKS_BACK)
        .setPresencePenalty((float) sampling.presencePenalty())
        .setStopStrings(question.stops().toArray(String[]::new));
  }
}
