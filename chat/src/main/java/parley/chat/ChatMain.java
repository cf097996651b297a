package parley.chat;

import java.util.logging.LogManager;

/// `parley chat`.
public final class ChatMain {
  private ChatMain() {}

  public static void main(String[] args) {
    // Libraries log on the screen by default, where a conversation is.
    System.setProperty("logback.configurationFile", "parley/chat/quiet.xml");
    LogManager.getLogManager().reset();
    System.exit(ChatProgram.run(args, new Streams(System.in, System.out, System.err)));
  }
}
