package parley.testing;

import org.opentest4j.TestAbortedException;
import parley.backing.RedisOptions;
import parley.backing.RedisProgram;

/// The two servers that Parley runs on, for tests of what they do differently. Made for
/// `@EnumSource`.
public enum TestStore {
  REDIS(RedisOptions.Program.REDIS),
  VALKEY(RedisOptions.Program.VALKEY);

  private final RedisOptions.Program program;

  TestStore(RedisOptions.Program program) {
    this.program = program;
  }

  /// Its program. A machine without Valkey does not try the test, and says so; where everything has
  /// to be tried (the environment has `CI`), the test fails.
  public RedisOptions.Program program() {
    if (this == VALKEY && RedisProgram.valkey().isEmpty()) {
      String sentence = "not tried: no Valkey (PARLEY_VALKEY names a valkey-server 8)";
      if (System.getenv("CI") != null) {
        throw new AssertionError(sentence + ", and CI is set");
      }
      System.err.println(sentence);
      throw new TestAbortedException(sentence);
    }
    return program;
  }
}
