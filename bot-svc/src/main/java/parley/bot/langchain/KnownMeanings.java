package parley.bot.langchain;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.store.embedding.CosineSimilarity;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.CRC32C;
import parley.bot.core.port.Embedder;

/// Meanings of texts that were learnt when this was built, so that a start need not learn them; of
/// any other text the embedder is asked. Immutable and thread-safe as that is.
///
/// A file holds, in network order: 4 bytes that tell its kind, the number of dimensions and of
/// texts, for each text 8 bytes of its SHA-256 and its direction in halves of a float (IEEE 754
/// binary16), and a CRC-32C of all before. No text is in it.
public final class KnownMeanings implements Embedder {
  /// What the file of a bank is called, in the folder of its language.
  public static final String FILE = "meanings";

  private static final int KIND = 0x504d4e31;
  private static final int CHECKSUM = 8;
  private static final int MOST = 4_096;
  // What halves of a float, and another CPU's way of rounding, change less than.
  private static final double SAME = 0.98;

  private final Map<Long, float[]> known;
  private final Embedder embedder;

  private KnownMeanings(Map<Long, float[]> known, Embedder embedder) {
    this.known = known;
    this.embedder = embedder;
  }

  /// @param texts what will be asked; the first of them that is known is held against what the
  ///   embedder says
  /// @throws IOException that says what is wrong, if this is no such file, is damaged, was made by
  ///   another embedder, or knows none of the texts
  public static KnownMeanings read(byte[] file, Collection<String> texts, Embedder embedder)
      throws IOException {
    KnownMeanings read = unchecked(file, embedder);
    String probe =
        texts.stream()
            .filter(text -> read.known.containsKey(key(text)))
            .findFirst()
            .orElseThrow(() -> new IOException("it was made of other texts"));
    if (cosine(read.embed(probe), embedder.embed(probe)) < SAME) {
      throw new IOException("it was made by another embedder");
    }
    return read;
  }

  /// The same without a look at texts and embedder.
  static KnownMeanings unchecked(byte[] file, Embedder embedder) throws IOException {
    if (file.length <= CHECKSUM || checksum(file) != checksumIn(file)) {
      throw new IOException("it is cut or changed: the checksum is wrong");
    }
    Map<Long, float[]> known = new HashMap<>();
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(file))) {
      if (in.readInt() != KIND) {
        throw new IOException("it is of another kind");
      }
      int dimensions = in.readInt();
      int count = in.readInt();
      for (int one = 0; one < count; one++) {
        known.put(in.readLong(), direction(in, dimensions));
      }
    }
    return new KnownMeanings(Map.copyOf(known), embedder);
  }

  /// Knows nothing.
  public static KnownMeanings none(Embedder embedder) {
    return new KnownMeanings(Map.of(), embedder);
  }

  /// How many texts are known.
  public int size() {
    return known.size();
  }

  @Override
  public float[] embed(String text) {
    float[] direction = known.get(key(text));
    return direction == null ? embedder.embed(text) : direction.clone();
  }

  /// Writes a file of these texts, all at once: a reader sees the old one or the new one.
  public void write(Collection<String> texts, Path file) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(KIND);
      out.writeInt(embed("").length);
      out.writeInt(texts.size());
      for (String text : texts) {
        out.writeLong(key(text));
        for (float part : unit(embed(text))) {
          out.writeShort(Float.floatToFloat16(part));
        }
      }
      out.writeLong(0);
    }
    byte[] whole = bytes.toByteArray();
    ByteBuffer.wrap(whole).putLong(whole.length - CHECKSUM, checksum(whole));
    Path beside = file.resolveSibling(FILE + "." + ProcessHandle.current().pid() + ".new");
    Files.write(beside, whole);
    Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static float[] direction(DataInputStream in, int dimensions) throws IOException {
    if (dimensions < 1 || dimensions > MOST) {
      throw new IOException("it has " + dimensions + " dimensions, expected 1 to " + MOST);
    }
    float[] direction = new float[dimensions];
    for (int at = 0; at < dimensions; at++) {
      direction[at] = Float.float16ToFloat(in.readShort());
    }
    return direction;
  }

  private static long checksum(byte[] file) {
    CRC32C sum = new CRC32C();
    sum.update(file, 0, file.length - CHECKSUM);
    return sum.getValue();
  }

  private static long checksumIn(byte[] file) {
    return ByteBuffer.wrap(file).getLong(file.length - CHECKSUM);
  }

  private static long key(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return ByteBuffer.wrap(hash).getLong();
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }

  private static float[] unit(float[] direction) {
    Embedding unit = Embedding.from(direction.clone());
    unit.normalize();
    return unit.vector();
  }

  private static double cosine(float[] one, float[] two) {
    return one.length == two.length
        ? CosineSimilarity.between(Embedding.from(one), Embedding.from(two))
        : 0;
  }
}
