package parley.bot.smollm;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/// The model as LangChain4j knows models. All its markup for turns holds a bar, and no text that it
/// is given does.
///
/// Errors: `RateLimitException` if it is not read yet, or others wait for it;
/// `InvalidRequestException` if the request is longer than it can hold; `InternalServerException`.
/// Nothing is told any more after a cancel.
final class SmolLmChat implements StreamingChatModel {
  private static final List<String> STOPS = List.of("<|im_end|>", "<|im_start|>", "\n");
  private static final int MOST_TOKENS = 40;

  private final SmallModel model;
  private final Duration patience;
  private final BooleanSupplier wanted;

  /// @param patience how long a request may wait for its turn
  /// @param wanted false ends what goes on, also before the first token
  SmolLmChat(SmallModel model, Duration patience, BooleanSupplier wanted) {
    this.model = model;
    this.patience = patience;
    this.wanted = wanted;
  }

  @Override
  public ChatRequestParameters defaultRequestParameters() {
    TextRequest.Sampling usual = TextRequest.Sampling.USUAL;
    return ChatRequestParameters.builder()
        .temperature(usual.temperature())
        .topP(usual.topP())
        .topK(usual.topK())
        .presencePenalty(usual.presencePenalty())
        .maxOutputTokens(MOST_TOKENS)
        .stopSequences(STOPS)
        .build();
  }

  @Override
  public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
    Telling telling = new Telling(handler);
    TextRequest question =
        new TextRequest(
            prompt(request.messages()),
            request.maxOutputTokens(),
            new TextRequest.Sampling(
                request.temperature(), request.topP(), request.topK(), request.presencePenalty()),
            request.stopSequences(),
            patience,
            () -> wanted.getAsBoolean() && !telling.isCancelled());
    model.ask(question, telling);
  }

  /// ChatML, which this model was taught.
  static String prompt(List<ChatMessage> messages) {
    StringBuilder prompt = new StringBuilder();
    for (ChatMessage message : messages) {
      switch (message) {
        case SystemMessage system -> turn(prompt, "system", system.text());
        case UserMessage user -> turn(prompt, "user", user.singleText());
        case AiMessage ai -> turn(prompt, "assistant", String.valueOf(ai.text()));
        default ->
            throw new InvalidRequestException(
                "a message is " + message.type() + ", expected one of system, user, ai");
      }
    }
    return prompt.append("<|im_start|>assistant\n").toString();
  }

  private static void turn(StringBuilder prompt, String role, String text) {
    prompt
        .append("<|im_start|>")
        .append(role)
        .append('\n')
        .append(text.replace("|", "").strip())
        .append("<|im_end|>\n");
  }

  /// Tells a handler what the model says.
  private static final class Telling implements Answered, StreamingHandle {
    private final StreamingChatResponseHandler handler;
    private final StringBuilder text = new StringBuilder();
    private final AtomicBoolean cancelled = new AtomicBoolean();

    private Telling(StreamingChatResponseHandler handler) {
      this.handler = handler;
    }

    @Override
    public void cancel() {
      cancelled.set(true);
    }

    @Override
    public boolean isCancelled() {
      return cancelled.get();
    }

    @Override
    public void piece(String piece) {
      text.append(piece);
      handler.onPartialResponse(new PartialResponse(piece), new PartialResponseContext(this));
    }

    @Override
    public void done(End why, int promptTokens, int tokens) {
      handler.onCompleteResponse(
          ChatResponse.builder()
              .aiMessage(AiMessage.from(text.toString()))
              .finishReason(why == End.LENGTH ? FinishReason.LENGTH : FinishReason.STOP)
              .tokenUsage(new TokenUsage(promptTokens, tokens))
              .build());
    }

    @Override
    public void refused(Refusal why, String sentence) {
      handler.onError(
          switch (why) {
            case NOT_READY, BUSY -> new RateLimitException(why + ": " + sentence);
            case TOO_LONG -> new InvalidRequestException(sentence);
            case FAILED -> new InternalServerException(sentence);
          });
    }
  }
}
