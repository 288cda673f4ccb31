package de.kreissiegel.ra.setup;

import de.kreissiegel.ra.pages.Words;
import java.util.Locale;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Words for people in the language of the request; templates ask them as {@code #words}. */
@Component
public class SetupWords {
  private final MessageSource messages;

  SetupWords(MessageSource messages) {
    this.messages = messages;
  }

  /** The words of this key. */
  public String of(String key, Object... arguments) {
    return in(Words.language(), key, arguments);
  }

  String in(Locale language, String key, Object... arguments) {
    return messages.getMessage(key, arguments, language);
  }

  /** The key with this end if it has words, else the key itself. */
  String orElse(String key, String end) {
    String longer = key + "." + end;
    String found = messages.getMessage(longer, null, "", Words.language());
    return found == null || found.isEmpty() ? key : longer;
  }

  /** A line of a trial; an argument after {@code #} is a key. */
  public String of(Trial.Line line) {
    return of(
        line.key(),
        line.arguments().stream()
            .map(one -> one.startsWith("#") ? of(one.substring(1)) : one)
            .toArray());
  }
}
