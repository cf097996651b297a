package parley.local;

/// Who is told what happens while a machine starts: the terminal, or nobody.
@FunctionalInterface
public interface Progress {
  Progress SILENT = sentence -> {};

  void tell(String sentence);

  /// Lines on the terminal, each with the seconds since now.
  static Progress onTerminal() {
    long began = System.nanoTime();
    return sentence ->
        System.out.printf("%5.1f s  %s%n", (System.nanoTime() - began) / 1e9, sentence);
  }
}
