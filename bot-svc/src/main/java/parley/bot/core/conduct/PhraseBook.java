package parley.bot.core.conduct;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Phrases by name, each with what looks like one of them and is harmless, from a file of sections:
/// `[name]`, then a [Phrase] a line; `[not name]` for the harmless ones. Immutable.
public final class PhraseBook {
  /// Knows no phrase.
  public static final PhraseBook EMPTY = new PhraseBook(List.of());

  private final List<Section> sections;

  private record Section(String name, Phrases phrases) {}

  private PhraseBook(List<Section> sections) {
    this.sections = List.copyOf(sections);
  }

  /// @param file its name, for faults
  /// @param names of the sections, none of which need be there
  /// @throws ConductFaults with everything that is wrong with the text
  public static PhraseBook read(String file, String text, List<String> names) {
    Faults faults = new Faults();
    SectionFile sections = new SectionFile(file, text, faults);
    sections.allow(names.stream().flatMap(name -> Stream.of(name, "not " + name)).toList());
    List<Section> all =
        names.stream()
            .map(
                name ->
                    new Section(
                        name, new Phrases(sections.phrases(name), sections.phrases("not " + name))))
            .toList();
    faults.check();
    return new PhraseBook(all);
  }

  /// Every name of which a phrase is in the text, in the order that was given.
  public List<String> allIn(String text) {
    String folded = Folding.fold(text);
    return sections.stream()
        .filter(section -> section.phrases().areIn(folded))
        .map(Section::name)
        .toList();
  }

  /// The first name, in the order that was given, of which a phrase is in the text.
  public Optional<String> firstIn(String text) {
    String folded = Folding.fold(text);
    return sections.stream()
        .filter(section -> section.phrases().areIn(folded))
        .map(Section::name)
        .findFirst();
  }
}
