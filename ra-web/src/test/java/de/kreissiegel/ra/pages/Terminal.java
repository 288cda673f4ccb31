package de.kreissiegel.ra.pages;

import de.kreissiegel.ra.peer.Output;
import de.kreissiegel.ra.peer.PeerSession;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A terminal at which a person runs a program and types what it asks for. Programs read a PIN from
 * their terminal and from nowhere else; Python's {@code pty} is one.
 */
final class Terminal {
  private static final String TYPIST =
      """
      import os, pty, re, select, sys, time
      answers = [a.split('=', 1) for a in sys.argv[1].split('\\n') if a]
      child, fd = pty.fork()
      if child == 0:
          os.execvp(sys.argv[2], sys.argv[2:])
      said, unanswered, end = b'', b'', time.time() + 60
      while time.time() < end:
          ready, _, _ = select.select([fd], [], [], 0.3)
          if ready:
              try:
                  some = os.read(fd, 4096)
              except OSError:
                  break
              if not some:
                  break
              said += some
              unanswered += some
              continue
          for pattern, answer in answers:
              if re.search(pattern.encode(), unanswered.rstrip(b' ')):
                  unanswered = b''
                  os.write(fd, answer.encode() + b'\\n')
                  break
      sys.stdout.buffer.write(said)
      sys.stdout.flush()
      _, status = os.waitpid(child, 0)
      sys.exit(os.waitstatus_to_exitcode(status))
      """;

  private final PeerSession python;
  private final Path folder;
  private final Map<String, String> environment;

  /**
   * @param folder in which programs run
   * @param environment what is added to theirs
   */
  Terminal(PeerSession python, Path folder, Map<String, String> environment) {
    this.python = python;
    this.folder = folder;
    this.environment = environment;
  }

  /**
   * Runs a program to its end, for a minute at most.
   *
   * @param answers what is typed where the last that was said ends so: regular expression {@code =}
   *     answer
   */
  Output run(List<String> answers, String... command) throws Exception {
    var all = new ArrayList<String>();
    all.add(python.executable().toString());
    all.addAll(List.of("-c", TYPIST, String.join("\n", answers)));
    all.addAll(List.of(command));
    var builder = new ProcessBuilder(all).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
    return new Output(process.waitFor(), text);
  }
}
