package parley.chat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import parley.client.Parley;
import parley.client.call.Advice;
import parley.client.call.CallRefused;
import parley.client.call.ClientTimes;
import parley.client.call.ServerAddress;
import parley.client.identity.DeviceKey;
import parley.client.identity.GuestDenied;
import parley.client.identity.GuestWish;
import parley.client.identity.Identity;
import parley.proto.domain.v1.Gender;
import parley.proto.domain.v1.Mode;
import parley.proto.match.v1.AiWelcome;
import parley.proto.match.v1.Criteria;
import parley.proto.session.v1.ReadReceipts;
import picocli.CommandLine;

/// The program: options in, an exit code out. Holds no state, so that a test may run it many times.
public final class ChatProgram {
  /// As everywhere, but who starts a program wants to know soon that there is no server.
  private static final ClientTimes TIMES =
      new ClientTimes(
          ClientTimes.DEFAULTS.unaryDeadline(),
          ClientTimes.DEFAULTS.firstBackoff(),
          ClientTimes.DEFAULTS.longestBackoff(),
          ClientTimes.DEFAULTS.enteredWithin(),
          ClientTimes.DEFAULTS.leaveWithin(),
          Duration.ofSeconds(3));

  private ChatProgram() {}

  /// Runs until the chat has ended; blocks.
  public static int run(String[] args, Streams streams) {
    return parsed(args, streams).number();
  }

  private static ExitCode parsed(String[] args, Streams streams) {
    ChatOptions options = new ChatOptions();
    CommandLine line = new CommandLine(options);
    PrintStream err = utf8(streams.err());
    try {
      line.parseArgs(args);
      if (line.isUsageHelpRequested()) {
        line.usage(streams.out());
        return ExitCode.CLEAN;
      }
      if (options.json && options.born == null) {
        throw new CommandLine.ParameterException(
            line, "--born is missing, expected a year of birth, for example --born 1990");
      }
    } catch (CommandLine.ParameterException fault) {
      err.println(Harmless.line(String.valueOf(fault.getMessage())) + ". See --help.");
      return ExitCode.BAD_OPTIONS;
    }
    return options.json ? script(options, streams) : person(options, err);
  }

  private static ExitCode script(ChatOptions options, Streams streams) {
    Screen screen = new JsonScreen(utf8(streams.out()), Clock.systemUTC());
    BufferedReader in =
        new BufferedReader(new InputStreamReader(streams.in(), StandardCharsets.UTF_8));
    Manner manner =
        new Manner(
            Manner.Kind.SCRIPT,
            options.patience,
            Objects.requireNonNullElse(options.linger, Duration.ZERO),
            readReceipts(options));
    return chat(
        options,
        _ -> options.acceptTerms,
        manner,
        screen,
        happenings -> read(in, line -> happenings.accept(new Happening.Typed(line))));
  }

  private static ExitCode person(ChatOptions options, PrintStream err) {
    try (PersonTerminal terminal = PersonTerminal.open()) {
      Questions questions = new Questions(terminal, terminal, Locale.getDefault().getLanguage());
      questions.complete(options);
      Screen screen = new TerminalScreen(terminal, Clock.system(ZoneId.systemDefault()));
      Manner manner =
          new Manner(Manner.Kind.PERSON, options.patience, Duration.ZERO, readReceipts(options));
      return chat(
          options,
          terms ->
              options.acceptTerms
                  || questions.acceptTerms(terms.version(), readAt(terms, options.server)),
          manner,
          screen,
          terminal::read);
    } catch (Questions.InputOver changedMind) {
      err.println("Goodbye.");
      return ExitCode.CLEAN;
    }
  }

  private static ExitCode chat(
      ChatOptions options,
      GuestWish.TermsQuestion terms,
      Manner manner,
      Screen screen,
      Consumer<Consumer<Happening>> input) {
    GuestWish wish =
        new GuestWish(
            Objects.requireNonNull(options.born),
            Objects.requireNonNullElse(options.gender, Gender.GENDER_UNSPECIFIED),
            terms,
            DeviceKey.generate());
    try (Parley parley = Parley.connect(options.server, options.face, TIMES);
        Identity me = parley.newGuest(wish)) {
      screen.guest(me.participantId().orElse(""));
      LinkedBlockingQueue<Happening> happenings = new LinkedBlockingQueue<>();
      var _ =
          Thread.ofVirtual()
              .name("parley chat input")
              .start(
                  () -> {
                    input.accept(happenings::add);
                    happenings.add(new Happening.InputEnded());
                  });
      try (Chat chat = new Chat(parley, me, criteria(options), manner, screen, happenings)) {
        return chat.run();
      }
    } catch (GuestDenied denied) {
      return refused(screen, String.valueOf(denied.getMessage()), ExitCode.REFUSED);
    } catch (CallRefused failed) {
      boolean away =
          failed.advice() instanceof Advice.Retry || failed.advice() instanceof Advice.Wait;
      return away
          ? refused(screen, "no server answers at " + options.server, ExitCode.NO_SERVER)
          : refused(screen, String.valueOf(failed.getMessage()), ExitCode.REFUSED);
    } catch (InterruptedException ending) {
      Thread.currentThread().interrupt();
      return ExitCode.CLEAN;
    }
  }

  private static ExitCode refused(Screen screen, String sentence, ExitCode code) {
    screen.refused(sentence);
    screen.goodbye(code);
    return code;
  }

  private static ReadReceipts readReceipts(ChatOptions options) {
    return options.hideRead ? ReadReceipts.READ_RECEIPTS_HIDDEN : ReadReceipts.READ_RECEIPTS_SHOWN;
  }

  /// As a person can open it; empty if the server does not say.
  private static String readAt(GuestWish.Terms terms, ServerAddress server) {
    return terms.readAt().startsWith("/") ? server.uri() + terms.readAt() : terms.readAt();
  }

  private static Criteria criteria(ChatOptions options) {
    return Criteria.newBuilder()
        .setMode(Mode.MODE_TEXT)
        .setIntent(options.intent)
        .setWidestLevel(options.relaxTo)
        .addAllSeeking(Objects.requireNonNullElse(options.seeking, List.of()))
        .addAllTags(Objects.requireNonNullElse(options.tags, List.of()))
        .addAllLanguages(Objects.requireNonNullElse(options.languages, List.of()))
        .setAiWelcome(options.noAi ? AiWelcome.AI_WELCOME_NEVER : options.ai)
        .build();
  }

  /// A pipe that breaks is an end of input.
  private static void read(BufferedReader in, Consumer<String> lines) {
    try {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        lines.accept(line);
      }
    } catch (IOException broken) {
      return;
    }
  }

  private static PrintStream utf8(PrintStream stream) {
    return new PrintStream(stream, true, StandardCharsets.UTF_8);
  }
}
