package de.kreissiegel.ra.ceremony;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A script answers, for rehearsals and tests. Under {@code answers} it names for each question,
 * whole ({@code init.secrets.confirm}) or by its last word ({@code confirm}), an answer or a list
 * of answers in order; the last one is repeated. {@code @FILE} is the content of a file beside the
 * ceremony's data.
 */
public final class ScriptedDialogue implements Dialogue {
  private final Map<String, Deque<String>> answers = new HashMap<>();
  private final Path folder;
  private final PrintWriter out;

  /**
   * Reads a script.
   *
   * @param folder where {@code @FILE} looks
   * @throws CeremonyFailed if it can't be read
   */
  public ScriptedDialogue(Path script, Path folder, PrintWriter out) throws CeremonyFailed {
    this.folder = folder;
    this.out = out;
    YamlNode read = YamlNode.file(script).child("answers");
    for (String id : read.names()) {
      answers.put(id, new ArrayDeque<>(read.texts(id)));
    }
  }

  @Override
  public void tell(String text) {
    out.println(text);
    out.flush();
  }

  @Override
  public String ask(String id, String question, boolean hidden) throws CeremonyAborted {
    String answer = answer(id);
    out.println(question + " " + (hidden ? "…" : answer));
    out.flush();
    if (!answer.startsWith("@")) {
      return answer;
    }
    try {
      return Files.readString(folder.resolve(answer.substring(1))).strip();
    } catch (IOException missing) {
      throw new CeremonyAborted("the script's answer to " + id + " is missing: " + answer);
    }
  }

  private String answer(String id) throws CeremonyAborted {
    for (String name : List.of(id, id.substring(id.lastIndexOf('.') + 1))) {
      Deque<String> left = answers.get(name);
      if (left != null && !left.isEmpty()) {
        return left.size() > 1 ? left.removeFirst() : left.getFirst();
      }
    }
    throw new CeremonyAborted("the script has no answer to " + id);
  }

  @Override
  public boolean scripted() {
    return true;
  }
}
