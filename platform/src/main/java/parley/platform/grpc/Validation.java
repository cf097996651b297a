package parley.platform.grpc;

import build.buf.protovalidate.Validator;
import build.buf.protovalidate.ValidatorFactory;
import build.buf.protovalidate.exceptions.ValidationException;
import build.buf.validate.FieldPathElement;
import build.buf.validate.Violation;
import com.google.protobuf.Message;
import com.google.rpc.BadRequest;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.util.List;
import java.util.stream.Collectors;

/// Refuses a message that breaks an annotation in its proto, before a handler sees it. Annotations
/// are ceilings of shape: a breach ends the call with INVALID_ARGUMENT and every violation; limits
/// of the product are outcomes.
final class Validation implements ServerInterceptor {
  private final Validator validator = ValidatorFactory.newBuilder().build();

  @Override
  public <Q, S> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, S> call, Metadata headers, ServerCallHandler<Q, S> next) {
    return new SimpleForwardingServerCallListener<>(next.startCall(call, headers)) {
      @Override
      public void onMessage(Q message) {
        if (message instanceof Message checked) {
          check(checked);
        }
        super.onMessage(message);
      }
    };
  }

  private void check(Message message) {
    try {
      var result = validator.validate(message);
      if (!result.isSuccess()) {
        throw Failures.invalid(
            result.toProto().getViolationsList().stream().map(Validation::describe).toList());
      }
    } catch (ValidationException brokenRule) {
      throw new IllegalStateException("a rule in the protos does not compile", brokenRule);
    }
  }

  private static BadRequest.FieldViolation describe(Violation violation) {
    return BadRequest.FieldViolation.newBuilder()
        .setField(path(violation.getField().getElementsList()))
        .setDescription(violation.getMessage())
        .setReason(violation.getRuleId())
        .build();
  }

  private static String path(List<FieldPathElement> elements) {
    return elements.stream()
        .map(
            element ->
                element.getFieldName() + (element.hasIndex() ? "[" + element.getIndex() + "]" : ""))
        .collect(Collectors.joining("."));
  }
}
