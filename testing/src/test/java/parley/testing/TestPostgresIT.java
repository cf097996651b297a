package parley.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TestPostgresIT {
  @Test
  void oneServerIsSharedAndDatabasesKeepTestsApart() {
    TestDatabase mine = TestPostgres.empty();
    TestDatabase yours = TestPostgres.empty();
    mine.execute("CREATE TABLE words AS SELECT 'mine' AS word");
    assertThat(mine.address()).isEqualTo(yours.address());
    assertThat(mine.tables()).containsExactly("public.words");
    assertThat(mine.dump("words")).isEqualTo("(mine)");
    assertThat(yours.tables()).isEmpty();
  }

  @Test
  void aTemplateIsFilledOnceAndEachCopyIsItsOwn() {
    AtomicInteger fills = new AtomicInteger();
    TestDatabase mine = filled(fills);
    TestDatabase yours = filled(fills);
    mine.execute("DELETE FROM words");
    assertThat(mine.ask("SELECT word FROM words")).isEmpty();
    assertThat(yours.ask("SELECT word FROM words")).containsExactly("given");
    assertThat(fills).hasValue(1);
  }

  private static TestDatabase filled(AtomicInteger fills) {
    return TestPostgres.from(
        "words",
        database -> {
          fills.incrementAndGet();
          database.execute("CREATE TABLE words AS SELECT 'given' AS word");
        });
  }
}
