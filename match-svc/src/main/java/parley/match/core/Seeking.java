package parley.match.core;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import parley.domain.Gender;

/// Whom a person looks for: some of the stated genders, or anyone. Only those who seek anyone meet
/// people who did not state theirs.
///
/// The mask has one bit for each gender: woman 1, man 2, nonbinary 4, unstated 8; so anyone is 15.
public record Seeking(int mask) {
  public static final Seeking ANYONE = new Seeking(15);

  private static final int STATED = 7;

  public Seeking {
    if (mask != 15 && (mask < 1 || mask > STATED)) {
      throw new IllegalArgumentException("mask is " + mask + ", expected 1 to 7, or 15 for anyone");
    }
  }

  /// Those genders, or anyone if none is named.
  ///
  /// @throws IllegalArgumentException if `UNSTATED` is among them
  public static Seeking of(Collection<Gender> genders) {
    return genders.isEmpty()
        ? ANYONE
        : new Seeking(genders.stream().mapToInt(Seeking::bit).reduce(0, (one, two) -> one | two));
  }

  /// Every way to seek that includes this gender.
  static List<Seeking> allThatMeet(Gender gender) {
    return all().filter(seeking -> seeking.meets(gender)).toList();
  }

  static Stream<Seeking> all() {
    return IntStream.rangeClosed(1, 15)
        .filter(mask -> mask <= STATED || mask == 15)
        .mapToObj(Seeking::new);
  }

  public boolean meets(Gender gender) {
    return (mask & bit(gender)) != 0;
  }

  /// Empty if anyone.
  public Set<Gender> named() {
    return mask == 15
        ? Set.of()
        : Set.copyOf(List.of(Gender.values()).stream().filter(this::meets).toList());
  }

  private static int bit(Gender gender) {
    return switch (gender) {
      case WOMAN -> 1;
      case MAN -> 2;
      case NONBINARY -> 4;
      case UNSTATED -> 8;
    };
  }
}
