package parley.platform.redis;

import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.HostAndPort;

/// What an answer says of where its key is; a call that was not answered `Nowhere` did not run.
sealed interface Elsewhere {
  List<String> NOT_PRIMARY = List.of("READONLY", "CLUSTERDOWN", "MASTERDOWN", "LOADING");
  Elsewhere HERE = new Nowhere();

  /// Nowhere else: the call was executed here.
  record Nowhere() implements Elsewhere {}

  /// The slot has this owner.
  record Moved(int slot, HostAndPort to) implements Elsewhere {}

  /// The slot is on its way, and this key is there already.
  record Asked(HostAndPort to) implements Elsewhere {}

  /// The slot is on its way, and the keys of the call are not all at one place.
  record Between() implements Elsewhere {}

  /// The server does not execute anything now.
  record NotPrimary(String why) implements Elsewhere {}

  static Elsewhere of(@Nullable Object reply) {
    if (!(reply instanceof RedisRefusal refusal)) {
      return HERE;
    }
    String why = String.valueOf(refusal.getMessage());
    String[] words = why.split(" ", 4);
    if (words[0].equals("MOVED") && words.length > 2) {
      return new Moved(Integer.parseInt(words[1]), HostAndPort.from(words[2]));
    }
    if (words[0].equals("ASK") && words.length > 2) {
      return new Asked(HostAndPort.from(words[2]));
    }
    if (words[0].equals("TRYAGAIN")) {
      return new Between();
    }
    return NOT_PRIMARY.contains(words[0]) ? new NotPrimary(why) : HERE;
  }
}
