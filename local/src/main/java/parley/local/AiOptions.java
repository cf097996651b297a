package parley.local;

import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import parley.backing.NotStarted;
import parley.bot.smollm.Weights;
import picocli.CommandLine.Option;

/// What AI peers talk by. Without an option: the companion in the box, and a model server that runs
/// on this machine is offered, but not used: that is for a person to say.
final class AiOptions {
  private static final Path NOWHERE = Path.of("");

  @Option(
      names = "--ai",
      paramLabel = "URL",
      description =
          "AI peers talk by this server (OpenAI-compatible, as http://127.0.0.1:11434/v1), or"
              + " 'found' for one that runs here.")
  private @Nullable String server;

  @Option(
      names = "--ai-model",
      paramLabel = "NAME",
      description = "The model; the server's first if absent.")
  private @Nullable String model;

  @Option(
      names = "--ai-key-file",
      paramLabel = "FILE",
      description = "A file that holds the server's key.")
  private @Nullable Path key;

  @Option(
      names = "--ai-name",
      paramLabel = "TEXT",
      description = "Who gets the words, as people are told; the host if absent, nobody if local.")
  private @Nullable String name;

  @Option(
      names = "--model",
      paramLabel = "FILE",
      description =
          "The companion's small model: a GGUF file whose model knows ChatML; PARLEY_MODEL, or the"
              + " wheel that ./parley fetches, if absent.")
  private @Nullable Path smallModel;

  @Option(
      names = "--no-model",
      description = "The companion talks by its bank and games alone: 250 MB less.")
  private boolean noSmallModel;

  private String sentence = "";

  /// The same plan with a provider, if one was asked for.
  MachinePlan plan(MachinePlan plan) {
    if (server == null) {
      return inTheBox(plan);
    }
    ModelServer chosen = chosen(server, plan.port());
    boolean leaves = name != null || !chosen.isHere();
    String told = name == null ? chosen.baseUrl().getHost() : name;
    sentence =
        "AI peers talk by %s at %s; words %s"
            .formatted(
                chosen.model(),
                chosen.baseUrl(),
                leaves ? "go to " + told + ", which people are told" : "stay on this machine");
    MachinePlan with =
        plan.with("bot", "provider.kind", "openai-compatible")
            .with("bot", "provider.base-url", chosen.baseUrl().toString())
            .with("bot", "provider.model", chosen.model())
            .with("bot", "provider.words", leaves ? "leave" : "stay")
            .with("bot", "provider.name", leaves ? told : "");
    return key == null ? with : with.with("bot", "provider.key-file", key.toString());
  }

  private MachinePlan inTheBox(MachinePlan plan) {
    Weights.Found weights = noSmallModel ? new Weights.Found.Absent(NOWHERE) : weights();
    String with =
        switch (weights) {
          case Weights.Found.Ready _ -> "bank, games and a small model";
          case Weights.Found.Absent _ -> "bank and games, without its small model";
          case Weights.Found.Damaged(Path file, String why) ->
              "bank and games, without its small model: %s cannot be used: %s".formatted(file, why);
        };
    sentence =
        "AI peers talk by the small companion in the box (%s)%s"
            .formatted(with, ModelServer.found(plan.port()).map(AiOptions::offer).orElse(""));
    return weights instanceof Weights.Found.Ready(Path file)
        ? plan.with("bot", "companion.model", file.toString())
        : plan;
  }

  /// What a person names must be there; what the launcher fetched may be missing.
  private Weights.Found weights() {
    if (smallModel == null) {
      Path fetched = Path.of(System.getenv().getOrDefault("PARLEY_MODEL", ""));
      return fetched.equals(NOWHERE) ? new Weights.Found.Absent(NOWHERE) : Weights.find(fetched);
    }
    Weights.Found named = Weights.find(smallModel);
    if (named instanceof Weights.Found.Ready) {
      return named;
    }
    throw new NotStarted(
        "--model is '%s', expected a model file that can be read".formatted(smallModel));
  }

  /// What AI peers talk by, for the terminal.
  String sentence() {
    return sentence;
  }

  private ModelServer chosen(String wished, int door) {
    if (wished.equals("found")) {
      return ModelServer.found(door)
          .map(here -> model == null ? here : new ModelServer(here.baseUrl(), model))
          .orElseThrow(
              () ->
                  new NotStarted(
                      "--ai is 'found', expected Ollama at port 11434 or llama.cpp at 8080: neither"
                          + " answers"));
    }
    if (!wished.matches("https?://[^\\s/]+(/\\S*)?")) {
      throw new NotStarted(
          "--ai is '" + wished + "', expected a URL like http://127.0.0.1:11434/v1, or 'found'");
    }
    URI url = URI.create(wished);
    return model == null
        ? ModelServer.at(url)
            .orElseThrow(
                () ->
                    new NotStarted(
                        url + " names no model, or not in 5 s: say which with --ai-model NAME"))
        : new ModelServer(url, model);
  }

  private static String offer(ModelServer here) {
    return "; a server with %s runs here: --ai found lets them talk by it".formatted(here.model());
  }
}
