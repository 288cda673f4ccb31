package de.kreissiegel.ca.letter;

import static java.lang.System.Logger.Level.INFO;

import de.kreissiegel.ca.subject.DirectoryUnavailable;
import de.kreissiegel.ca.subject.SubjectId;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes letters of cues. Holds no transaction while it asks the directory. */
final class Addressing {
  private static final System.Logger LOG = System.getLogger(Addressing.class.getName());
  private static final int AT_ONCE = 50;
  private static final Duration LEASE = Duration.ofMinutes(5);
  private static final Duration PAUSE = Duration.ofMinutes(1);

  private final LetterBook book;
  private final Stories stories;
  private final Addressees addressees;
  private final Clock clock;
  private final SecureRandom random;

  Addressing(
      LetterBook book, Stories stories, Addressees addressees, Clock clock, SecureRandom random) {
    this.book = book;
    this.stories = stories;
    this.addressees = addressees;
    this.clock = clock;
    this.random = random;
  }

  /** Until no cue is due, or the directory doesn't answer: they are due again in a minute then. */
  void work() {
    for (List<Cue> some = lend(); !some.isEmpty(); some = lend()) {
      for (Cue cue : some) {
        try {
          book.write(cue, lettersOf(cue));
        } catch (DirectoryUnavailable away) {
          book.putOff(cue, clock.instant().plus(PAUSE));
          LOG.log(INFO, "letters wait for the directory: {0}", away.getMessage());
        }
      }
    }
  }

  private List<Cue> lend() {
    return book.cues(AT_ONCE, clock.instant(), LEASE);
  }

  private List<Letter> lettersOf(Cue cue) throws DirectoryUnavailable {
    Optional<Story> told = stories.of(cue);
    if (told.isEmpty()) {
      return List.of();
    }
    Story story = told.get();
    Map<String, String> said = new HashMap<>(story.said());
    String subject = said.get("subject");
    if (subject != null) {
      said.put("holder", addressees.nameOf(new SubjectId(subject)));
    }
    Instant now = clock.instant();
    List<Letter> letters = new ArrayList<>();
    for (Addressees.Addressee one : addressees.of(story.audience())) {
      letters.add(
          new Letter(
              story.key() + "/" + one.id().map(SubjectId::value).orElse("house"),
              cue.kind(),
              cue.tenant(),
              story.about(),
              one.id(),
              one.address(),
              said,
              Letter.token(random),
              now));
    }
    return letters;
  }
}
