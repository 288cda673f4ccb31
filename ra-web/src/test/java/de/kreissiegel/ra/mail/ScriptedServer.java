package de.kreissiegel.ra.mail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** An SMTP server that answers commands as it is told, else with 250. */
final class ScriptedServer implements AutoCloseable {
  private final ServerSocket socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
  private final Map<String, String> answers;

  /**
   * @param answers by the command's first word; {@code hello} is the greeting, {@code .} what
   *     follows the mail
   */
  ScriptedServer(Map<String, String> answers) throws IOException {
    this.answers = answers;
    Thread.ofVirtual().start(this::serve);
  }

  int port() {
    return socket.getLocalPort();
  }

  private void serve() {
    try {
      while (true) {
        try (Socket one = socket.accept()) {
          talk(one);
        }
      }
    } catch (IOException closed) {
      // That is how it ends.
    }
  }

  private void talk(Socket one) throws IOException {
    var in =
        new BufferedReader(new InputStreamReader(one.getInputStream(), StandardCharsets.US_ASCII));
    say(one, answers.getOrDefault("hello", "220 here"));
    boolean mail = false;
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String command = line.split("[ :]", 2)[0];
      if (mail && !line.equals(".")) {
        continue;
      }
      mail = command.equals("DATA") && !answers.containsKey("DATA");
      say(one, answers.getOrDefault(command, mail ? "354 go on" : "250 ok"));
      if (command.equals("QUIT")) {
        return;
      }
    }
  }

  private static void say(Socket one, String answer) throws IOException {
    one.getOutputStream().write((answer + "\r\n").getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
