package parley.bot.langchain;

import java.io.IOException;
import parley.bot.core.Fault;

/// What LangChain4j would not tell: a fault of the stream itself.
final class StreamFault extends IOException {
  private static final long serialVersionUID = 1L;

  private final Fault fault;

  StreamFault(Fault fault, String message) {
    super(message);
    this.fault = fault;
  }

  Fault fault() {
    return fault;
  }
}
