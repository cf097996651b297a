package parley.match;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import parley.domain.Mode;
import parley.match.core.Acceptance;
import parley.match.core.AiSwitch;
import parley.match.core.Pool;
import parley.match.core.PoolRules;
import parley.match.core.Pools;
import parley.platform.config.ConfigFaults;
import parley.platform.config.ReloadedFile;
import parley.platform.config.Settings;

/// The pools, from a file that may change while the node runs. `config/pools.yaml` shows its form,
/// and is what is read if no file is given.
final class PoolFile {
  private static final Duration LONGEST = Duration.ofMinutes(10);
  private static final PoolRules USUAL = PoolRules.DEFAULT;

  /// The sample, as it is shipped.
  static final Pools SHIPPED =
      new Pools(
          Map.of(
              text("talk"), USUAL,
              text("friends"), slower(12, 40),
              text("language"), slower(15, 120),
              text("vent"), slower(5, 12),
              text("dating"),
                  new PoolRules(
                      Duration.ofSeconds(15),
                      Duration.ofSeconds(45),
                      Acceptance.BOTH,
                      AiSwitch.OFF,
                      USUAL.aiAfter())));

  private PoolFile() {}

  /// The newest good pools, at most a second behind the file.
  ///
  /// @throws ConfigFaults if the file is not good at the start
  static Supplier<Pools> open(Optional<Path> file) {
    if (file.isEmpty()) {
      return () -> SHIPPED;
    }
    ReloadedFile<Pools> reloaded = ReloadedFile.open(file.get(), reading(file.get()));
    return reloaded::value;
  }

  /// Reads the file each time it is called, by one at a time; pools that it names no more are
  /// remembered for who is in them.
  static Function<byte[], Pools> reading(Path file) {
    AtomicReference<Pools> last = new AtomicReference<>(new Pools(Map.of()));
    return _ -> last.updateAndGet(before -> read(file).instead(before));
  }

  /// @throws IllegalArgumentException with all faults
  static Pools read(Path file) {
    try {
      return read(Settings.read(file, Map.of()));
    } catch (ConfigFaults faults) {
      throw new IllegalArgumentException(String.join("; ", faults.faults()), faults);
    }
  }

  private static Pools read(Settings settings) {
    Map<Pool, PoolRules> pools = new HashMap<>();
    List<String> intents = settings.list("intents", List.of());
    if (intents.isEmpty()) {
      settings.fault("intents", "", "one intent or more");
    }
    for (String intent : intents) {
      try {
        pools.put(text(intent), rules(settings, intent));
      } catch (IllegalArgumentException wrong) {
        settings.fault("intents", intent, String.valueOf(wrong.getMessage()));
      }
    }
    settings.check();
    return new Pools(pools);
  }

  private static PoolRules rules(Settings settings, String intent) {
    return new PoolRules(
        settings.duration(intent + ".to-language", Duration.ZERO, LONGEST, USUAL.toLanguage()),
        settings.duration(intent + ".to-anyone", Duration.ZERO, LONGEST, USUAL.toAnyone()),
        settings.oneOf(intent + ".acceptance", Acceptance.class, USUAL.acceptance()),
        settings.oneOf(intent + ".ai", AiSwitch.class, USUAL.ai()),
        settings.duration(intent + ".ai-after", Duration.ZERO, LONGEST, USUAL.aiAfter()));
  }

  private static Pool text(String intent) {
    return new Pool(Mode.TEXT, intent);
  }

  private static PoolRules slower(int toLanguage, int toAnyone) {
    return new PoolRules(
        Duration.ofSeconds(toLanguage),
        Duration.ofSeconds(toAnyone),
        USUAL.acceptance(),
        USUAL.ai(),
        USUAL.aiAfter());
  }
}
