package parley.platform.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// One service's settings. A YAML file gives them (nested maps, named with dots: `redis.address`);
/// the environment overrides (`PARLEY_REDIS_ADDRESS`).
///
/// A getter never throws: a fault is recorded and the default, or a harmless placeholder, is
/// returned. [#check] comes last and throws all faults at once, names that nobody asked for among
/// them. Used by one thread.
public final class Settings {
  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(us|ms|s|m|h)");
  private static final HostPort ANY_ON_LOOPBACK = new HostPort("127.0.0.1", 0);
  private static final HostPort NOWHERE = new HostPort("nowhere.invalid", 0);

  private final Map<String, String> values;
  private final Map<String, String> environment;
  private final Set<String> asked = new HashSet<>();
  private final List<String> faults = new ArrayList<>();

  private Settings(Map<String, String> values, Map<String, String> environment) {
    this.values = new TreeMap<>(values);
    this.environment = Map.copyOf(environment);
  }

  /// Reads a file and what the environment overrides.
  ///
  /// @throws ConfigFaults if the file cannot be read or is not a YAML map
  public static Settings read(Path file, Map<String, String> environment) {
    Map<String, String> values = new TreeMap<>();
    flatten("", parse(file), values);
    return new Settings(values, environment);
  }

  /// Settings from dotted names; for composing nodes in one process, and for tests.
  public static Settings of(Map<String, String> values) {
    return new Settings(values, Map.of());
  }

  /// A required text.
  public String text(String name) {
    return optionalText(name).orElseGet(() -> missing(name, "a text", ""));
  }

  public String text(String name, String defaultValue) {
    return optionalText(name).orElse(defaultValue);
  }

  public Optional<String> optionalText(String name) {
    asked.add(name);
    return Optional.ofNullable(environment.get(variable(name)))
        .or(() -> Optional.ofNullable(values.get(name)));
  }

  public int integer(String name, int min, int max, int defaultValue) {
    return read(
        name,
        defaultValue,
        "a whole number of " + min + " to " + max,
        text -> inRange(Integer.parseInt(text), min, max));
  }

  public boolean flag(String name, boolean defaultValue) {
    return read(
        name,
        defaultValue,
        "true or false",
        text ->
            switch (text) {
              case "true" -> true;
              case "false" -> false;
              default -> throw new IllegalArgumentException(text);
            });
  }

  /// A number with a unit: `200us`, `200ms`, `15s`, `10m`, `24h`.
  public Duration duration(String name, Duration min, Duration max, Duration defaultValue) {
    return read(
        name,
        defaultValue,
        "a duration of " + spell(min) + " to " + spell(max) + ", like 200ms, 15s, 10m or 24h",
        text -> inRange(parseDuration(text), min, max));
  }

  /// A required `host:port`.
  public HostPort address(String name) {
    return optionalText(name).isPresent()
        ? address(name, NOWHERE)
        : missing(name, "host:port", NOWHERE);
  }

  public HostPort address(String name, HostPort defaultValue) {
    return read(name, defaultValue, "host:port", HostPort::parse);
  }

  /// Where to listen: any port on loopback unless set.
  public HostPort listener(String name) {
    return address(name, ANY_ON_LOOPBACK);
  }

  /// At least one `host:port`; several are a YAML list, or one text with commas.
  public List<HostPort> addresses(String name) {
    List<String> texts = list(name, List.of());
    return texts.isEmpty()
        ? List.of(missing(name, "host:port", NOWHERE))
        : read(
            name,
            List.of(NOWHERE),
            "host:port, or several with commas",
            _ -> texts.stream().map(HostPort::parse).toList());
  }

  /// A required file that exists and can be read.
  public Path file(String name) {
    Path placeholder = Path.of("");
    return optionalText(name).isEmpty()
        ? missing(name, "a readable file", placeholder)
        : read(name, placeholder, "a readable file", Settings::readable);
  }

  /// One of an enum's names, in lower case with '-' for '_'.
  public <E extends Enum<E>> E oneOf(String name, Class<E> type, E defaultValue) {
    Map<String, E> choices =
        Arrays.stream(type.getEnumConstants())
            .collect(
                Collectors.toMap(
                    choice -> choice.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                    choice -> choice,
                    (one, _) -> one,
                    TreeMap::new));
    return read(
        name,
        defaultValue,
        "one of " + String.join(", ", choices.keySet()),
        text -> Optional.ofNullable(choices.get(text)).orElseThrow(IllegalArgumentException::new));
  }

  /// A YAML list of scalars, or one text with commas.
  public List<String> list(String name, List<String> defaultValue) {
    return optionalText(name)
        .map(
            text ->
                Arrays.stream(text.split(","))
                    .map(String::strip)
                    .filter(item -> !item.isEmpty())
                    .toList())
        .orElse(List.copyOf(defaultValue));
  }

  /// A fault that the caller found itself, for rules between settings.
  public void fault(String name, String value, String expected) {
    faults.add(name + " is '" + value + "', expected " + expected);
  }

  /// @throws ConfigFaults with every fault met so far and every name that nobody asked for
  public void check() {
    List<String> all = new ArrayList<>(faults);
    values.keySet().stream()
        .filter(name -> !asked.contains(name))
        .forEach(name -> all.add(name + " is unknown, expected one of " + known()));
    if (!all.isEmpty()) {
      throw new ConfigFaults(all);
    }
  }

  private <T> T read(String name, T defaultValue, String expected, Function<String, T> parse) {
    Optional<String> text = optionalText(name);
    if (text.isEmpty()) {
      return defaultValue;
    }
    try {
      return parse.apply(text.get());
    } catch (IllegalArgumentException wrong) {
      fault(name, text.get(), expected);
      return defaultValue;
    }
  }

  private <T> T missing(String name, String expected, T placeholder) {
    faults.add(name + " is missing, expected " + expected);
    return placeholder;
  }

  private String known() {
    return asked.stream().sorted().collect(Collectors.joining(", "));
  }

  private static String variable(String name) {
    return "PARLEY_" + name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  private static Object parse(Path file) {
    try {
      Object document =
          new Load(LoadSettings.builder().setLabel(file.toString()).build())
              .loadFromString(Files.readString(file));
      return document == null ? Map.of() : document;
    } catch (IOException unreadable) {
      throw new ConfigFaults(List.of("config file is '" + file + "', expected a readable file"));
    } catch (YamlEngineException notYaml) {
      throw new ConfigFaults(
          List.of("config file is '" + file + "', expected YAML: " + notYaml.getMessage()));
    }
  }

  private static void flatten(String name, Object node, Map<String, String> into) {
    switch (node) {
      case Map<?, ?> map ->
          map.forEach(
              (key, value) ->
                  flatten(
                      name.isEmpty() ? key + "" : name + "." + key,
                      value == null ? "" : value,
                      into));
      case List<?> items ->
          into.put(name, items.stream().map(String::valueOf).collect(Collectors.joining(",")));
      default -> into.put(name.isEmpty() ? "config file" : name, String.valueOf(node));
    }
  }

  private static <T extends Comparable<T>> T inRange(T value, T min, T max) {
    if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
      throw new IllegalArgumentException("out of range");
    }
    return value;
  }

  private static Duration parseDuration(String text) {
    Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(text);
    }
    long amount = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "us" -> Duration.ofNanos(1_000 * amount);
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      default -> Duration.ofHours(amount);
    };
  }

  private static String spell(Duration duration) {
    return duration.toMillis() % 1000 == 0
        ? duration.toSeconds() + "s"
        : duration.toMillis() + "ms";
  }

  private static Path readable(String text) {
    Path file = Path.of(text);
    if (!Files.isReadable(file)) {
      throw new IllegalArgumentException(text);
    }
    return file;
  }
}
