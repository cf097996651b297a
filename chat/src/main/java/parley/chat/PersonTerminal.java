package parley.chat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.reader.Widget;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStyle;
import org.jline.utils.InfoCmp;
import org.jline.utils.Status;
import org.jspecify.annotations.Nullable;

/// The terminal that the program was started in, by JLine.
final class PersonTerminal implements Paper, Questions.Asker, AutoCloseable {
  private static final String PROMPT = "› ";
  private static final int DEFAULT_WIDTH = 80;

  private final Terminal terminal;
  private final LineReader reader;
  private final @Nullable Status status;

  private PersonTerminal(Terminal terminal) {
    this.terminal = terminal;
    this.reader =
        LineReaderBuilder.builder()
            .terminal(terminal)
            .variable(LineReader.DISABLE_HISTORY, true)
            .variable(LineReader.DISABLE_COMPLETION, true)
            .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
            .build();
    this.status = Status.getStatus(terminal);
  }

  static PersonTerminal open() {
    try {
      return new PersonTerminal(TerminalBuilder.builder().system(true).dumb(true).build());
    } catch (IOException broken) {
      throw new UncheckedIOException("this terminal cannot be used", broken);
    }
  }

  @Override
  public String ask(String question) {
    try {
      return reader.readLine(question);
    } catch (EndOfFileException | UserInterruptException over) {
      throw new Questions.InputOver();
    }
  }

  /// Reads lines until the person ends the input. What was typed is taken away: it comes back as a
  /// bubble when it is stored. Blocks.
  void read(Consumer<Happening> happenings) {
    reader.option(LineReader.Option.ERASE_LINE_ON_FINISH, true);
    Widget insert = Objects.requireNonNull(reader.getBuiltinWidgets().get(LineReader.SELF_INSERT));
    reader
        .getWidgets()
        .put(
            LineReader.SELF_INSERT,
            () -> {
              boolean done = insert.apply();
              if (!reader.getBuffer().toString().startsWith("/")) {
                happenings.accept(new Happening.Writing());
              }
              return done;
            });
    while (true) {
      try {
        happenings.accept(new Happening.Typed(reader.readLine(PROMPT)));
      } catch (EndOfFileException | UserInterruptException over) {
        return;
      }
    }
  }

  @Override
  public void line(String text) {
    reader.printAbove(text);
  }

  @Override
  public void footer(String text) {
    if (status != null) {
      status.update(
          text.isEmpty()
              ? List.of()
              : List.of(new AttributedString("  " + text, AttributedStyle.DEFAULT.faint())));
    }
  }

  @Override
  public int width() {
    int width = terminal.getWidth();
    return width > 0 ? width : DEFAULT_WIDTH;
  }

  @Override
  public void close() {
    try {
      footer("");
      terminal.puts(InfoCmp.Capability.carriage_return);
      terminal.puts(InfoCmp.Capability.clr_eol);
      terminal.close();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
