package parley.bot.smollm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NativeLibraryTest {
  private static final String CORE =
      """
      processor\t: 0
      model name\t: Some CPU with avx2 in its name
      flags\t\t: fpu sse4_2 %s
      bugs\t\t: spectre_v1 f16c

      """;

  @Test
  void aCpuThatHasAllThatTheLibraryNeedsLacksNothing() {
    assertThat(NativeLibrary.lacking(CORE.formatted("fma avx avx2 f16c").repeat(2))).isEmpty();
  }

  @Test
  void whatACpuLacksIsNamed() {
    assertThat(NativeLibrary.lacking(CORE.formatted("avx fma4 f16c")))
        .containsExactly("avx2", "fma");
    assertThat(NativeLibrary.lacking(CORE.formatted("fma avx2"))).containsExactly("f16c");
  }

  @Test
  void aCpuThatDoesNotTellLacksAll() {
    assertThat(NativeLibrary.lacking("")).containsExactly("avx2", "fma", "f16c");
  }
}
