package parley.bot.langchain;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import parley.bot.core.Fault;

/// Reads no more than this many bytes: whoever reads lines would keep one of any length in memory.
final class BoundedStream extends FilterInputStream {
  private long left;

  BoundedStream(InputStream in, long most) {
    super(in);
    this.left = most;
  }

  @Override
  public int read() throws IOException {
    int next = super.read();
    return next < 0 ? next : counted(next, 1);
  }

  @Override
  public int read(byte[] into, int from, int length) throws IOException {
    int got = super.read(into, from, length);
    return got < 0 ? got : counted(got, got);
  }

  private int counted(int result, int bytes) throws IOException {
    left -= bytes;
    if (left < 0) {
      throw new StreamFault(Fault.HUGE, "more bytes than any answer may have");
    }
    return result;
  }
}
