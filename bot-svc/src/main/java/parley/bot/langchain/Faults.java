package parley.bot.langchain;

import com.fasterxml.jackson.core.JacksonException;
import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.exception.TimeoutException;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.stream.Stream;
import parley.bot.core.Fault;

/// What an exception of LangChain4j's, or of the exchange below it, means.
final class Faults {
  private Faults() {}

  /// The first cause that says something.
  static Fault of(Throwable failure) {
    return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
        .limit(10)
        .map(Faults::known)
        .filter(fault -> fault != Fault.UNKNOWN)
        .findFirst()
        .orElse(Fault.UNKNOWN);
  }

  private static Fault known(Throwable failure) {
    return switch (failure) {
      case StreamFault stream -> stream.fault();
      case AuthenticationException _ -> Fault.KEY_REFUSED;
      case RateLimitException _ -> Fault.RATE_LIMITED;
      case InternalServerException _ -> Fault.BROKEN;
      case ModelNotFoundException _, InvalidRequestException _ -> Fault.ASKED_WRONGLY;
      case HttpException status -> ofStatus(status.statusCode());
      case HttpConnectTimeoutException _, ConnectException _, UnresolvedAddressException _ ->
          Fault.UNREACHABLE;
      case HttpTimeoutException _, TimeoutException _ -> Fault.SILENT;
      case JacksonException _ -> Fault.MALFORMED;
      case EOFException _ -> Fault.CUT;
      case IOException _ -> Fault.CUT;
      default -> Fault.UNKNOWN;
    };
  }

  private static Fault ofStatus(int status) {
    return switch (status) {
      case 401, 403 -> Fault.KEY_REFUSED;
      case 429 -> Fault.RATE_LIMITED;
      default -> status >= 500 ? Fault.BROKEN : Fault.ASKED_WRONGLY;
    };
  }
}
