package parley.chat;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import parley.client.call.Face;
import parley.client.call.ServerAddress;
import parley.proto.domain.v1.Gender;
import parley.proto.match.v1.AiWelcome;
import parley.proto.match.v1.Level;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/// The options of `parley chat`. What is null was not given: a terminal asks for it.
@Command(
    name = "parley chat",
    description = "Meet somebody and talk.",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "While talking: /next meets somebody else, /quit leaves; /block, /report and",
      "/history are about your peer; with an AI, /keep-looking, /just-us, /switch and",
      "/stay are about the person who may come. /help shows more.",
      "Exit: 0 after a clean end, 1 no server, 2 bad options, 3 nobody came,",
      "4 refused."
    })
final class ChatOptions {
  @Option(
      names = "--server",
      paramLabel = "HOST:PORT",
      defaultValue = "${env:PARLEY_SERVER:-127.0.0.1:8080}",
      converter = OfServer.class,
      description = "the server (default: ${DEFAULT-VALUE})")
  ServerAddress server = new ServerAddress("127.0.0.1", 8080, ServerAddress.Security.PLAINTEXT);

  @Option(
      names = "--face",
      paramLabel = "grpc|web",
      defaultValue = "grpc",
      converter = OfFace.class,
      description = "native gRPC, or gRPC-Web as a browser speaks it (default: ${DEFAULT-VALUE})")
  Face face = Face.NATIVE;

  @Option(
      names = "--born",
      paramLabel = "YEAR",
      converter = OfYear.class,
      description = "year of birth")
  @Nullable Integer born;

  @Option(
      names = "--as",
      paramLabel = "GENDER",
      converter = OfGender.class,
      description = "what you are: woman, man, nonbinary, unstated")
  @Nullable Gender gender;

  @Option(
      names = "--seeking",
      paramLabel = "GENDERS",
      converter = OfSeeking.class,
      description = "whom you look for: anyone, or some of woman,man,nonbinary")
  @Nullable List<Gender> seeking;

  @Option(
      names = "--tags",
      paramLabel = "TAGS",
      converter = OfTags.class,
      description = "what you like, most wanted first: music,chess")
  @Nullable List<String> tags;

  @Option(
      names = "--languages",
      paramLabel = "LANGUAGES",
      converter = OfLanguages.class,
      description = "which you speak, best first: any, or some such as en,pt-BR")
  @Nullable List<String> languages;

  @Option(
      names = "--intent",
      paramLabel = "INTENT",
      defaultValue = "talk",
      description = "what for: talk, friends, language, vent, dating (default: ${DEFAULT-VALUE})")
  String intent = "talk";

  @Option(
      names = "--relax-to",
      paramLabel = "tags|language|anyone",
      defaultValue = "anyone",
      converter = OfLevel.class,
      description = "how far to relax while nobody comes (default: ${DEFAULT-VALUE})")
  Level relaxTo = Level.LEVEL_ANYONE;

  @Option(names = "--accept-terms", description = "you accept the server's terms")
  boolean acceptTerms;

  @Option(
      names = "--hide-read",
      description = "do not tell what you have read; then you are not told what others have")
  boolean hideRead;

  @Option(
      names = "--ai",
      paramLabel = "meanwhile|instead|never",
      defaultValue = "meanwhile",
      converter = OfAiWelcome.class,
      description =
          "when nobody is there: an AI until a person comes, an AI only, or people only"
              + " (default: ${DEFAULT-VALUE})")
  AiWelcome ai = AiWelcome.AI_WELCOME_MEANWHILE;

  @Option(names = "--no-ai", description = "as --ai never")
  boolean noAi;

  @Option(
      names = "--wait",
      paramLabel = "SECONDS",
      converter = OfSeconds.class,
      description = "give up if nobody came (default: as long as the server lets you)")
  @Nullable Duration patience;

  @Option(
      names = "--linger",
      paramLabel = "SECONDS",
      converter = OfSeconds.class,
      description = "with --json: stay so long after input has ended, to receive (default: 0)")
  @Nullable Duration linger;

  @Option(
      names = "--json",
      description = "for scripts: a line in is a message or a /command, a line out is an event")
  boolean json;

  @FunctionalInterface
  interface Reading<T> extends ITypeConverter<T> {
    T read(String text);

    @Override
    default T convert(String text) {
      try {
        return read(text);
      } catch (IllegalArgumentException fault) {
        throw new TypeConversionException(fault.getMessage());
      }
    }
  }

  static final class OfServer implements Reading<ServerAddress> {
    @Override
    public ServerAddress read(String text) {
      return ServerAddress.parse(text);
    }
  }

  static final class OfFace implements Reading<Face> {
    @Override
    public Face read(String text) {
      return switch (text) {
        case "grpc" -> Face.NATIVE;
        case "web" -> Face.WEB;
        default ->
            throw new IllegalArgumentException("face is '" + text + "', expected grpc or web");
      };
    }
  }

  static final class OfLevel implements Reading<Level> {
    @Override
    public Level read(String text) {
      return switch (text) {
        case "tags" -> Level.LEVEL_SAME_TAGS;
        case "language" -> Level.LEVEL_SAME_LANGUAGE;
        case "anyone" -> Level.LEVEL_ANYONE;
        default ->
            throw new IllegalArgumentException(
                "level is '" + text + "', expected tags, language or anyone");
      };
    }
  }

  static final class OfAiWelcome implements Reading<AiWelcome> {
    @Override
    public AiWelcome read(String text) {
      return switch (text) {
        case "meanwhile" -> AiWelcome.AI_WELCOME_MEANWHILE;
        case "instead" -> AiWelcome.AI_WELCOME_INSTEAD;
        case "never" -> AiWelcome.AI_WELCOME_NEVER;
        default ->
            throw new IllegalArgumentException(
                "ai is '" + text + "', expected meanwhile, instead or never");
      };
    }
  }

  static final class OfYear implements Reading<Integer> {
    @Override
    public Integer read(String text) {
      return Wish.birthYear(text);
    }
  }

  static final class OfGender implements Reading<Gender> {
    @Override
    public Gender read(String text) {
      return Wish.gender(text);
    }
  }

  static final class OfSeeking implements Reading<List<Gender>> {
    @Override
    public List<Gender> read(String text) {
      return Wish.seeking(text);
    }
  }

  static final class OfTags implements Reading<List<String>> {
    @Override
    public List<String> read(String text) {
      return Wish.tags(text);
    }
  }

  static final class OfLanguages implements Reading<List<String>> {
    @Override
    public List<String> read(String text) {
      return Wish.languages(text);
    }
  }

  static final class OfSeconds implements Reading<Duration> {
    @Override
    public Duration read(String text) {
      if (!text.matches("[0-9]{1,6}(\\.[0-9]{1,3})?")) {
        throw new IllegalArgumentException("seconds are '" + text + "', expected a number like 30");
      }
      return Duration.ofMillis(Math.round(Double.parseDouble(text) * 1000));
    }
  }
}
