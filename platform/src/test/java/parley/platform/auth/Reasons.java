package parley.platform.auth;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.Optional;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/// What a failure of the closed list says.
final class Reasons {
  private Reasons() {}

  /// The reason in the `ErrorInfo` of what this throws.
  static String of(ThrowingCallable call) {
    StatusRuntimeException failure =
        Optional.ofNullable(Assertions.catchThrowableOfType(StatusRuntimeException.class, call))
            .orElseThrow(() -> new AssertionError("nothing was thrown"));
    try {
      return StatusProto.fromThrowable(failure).getDetails(0).unpack(ErrorInfo.class).getReason();
    } catch (InvalidProtocolBufferException notErrorInfo) {
      throw new AssertionError("first detail is not ErrorInfo", notErrorInfo);
    }
  }
}
