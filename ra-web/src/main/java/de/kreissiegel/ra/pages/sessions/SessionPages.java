package de.kreissiegel.ra.pages.sessions;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.login.FreshProof;
import de.kreissiegel.ca.login.OpenSession;
import de.kreissiegel.ca.login.OwnSessions;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.ra.pages.Mark;
import de.kreissiegel.ra.pages.Notice;
import de.kreissiegel.ra.pages.Words;
import de.kreissiegel.ra.security.StaffPrincipal;
import de.kreissiegel.ra.session.SessionFilter;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The page of one's own sessions, and the way back from proving once more who one is. */
@Controller
class SessionPages {
  /** Pages on which some steps take a fresh log-in. */
  private static final Set<String> ASKING = Set.of("passkeys", "sessions");

  private final OwnSessions sessions;
  private final Words words;
  private final InstantSource clock;

  SessionPages(OwnSessions sessions, Words words, InstantSource clock) {
    this.sessions = sessions;
    this.words = words;
    this.clock = clock;
  }

  @GetMapping("/sessions")
  String show(Actor.Person person, HttpServletRequest request, Model model) {
    Optional<Bytes> own = SessionFilter.key(request);
    model.addAttribute(
        "sessions", sessions.of(person).stream().map(one -> Row.of(one, own)).toList());
    model.addAttribute("most", OwnSessions.MOST);
    model.addAttribute("fresh", FreshProof.isFresh(StaffPrincipal.provenAt(), clock.instant()));
    return "sessions";
  }

  /** Whoever gets here has just logged in; whoever hasn't was led to the log-in. */
  @GetMapping("/prove/{page}")
  String proven(@PathVariable String page) throws Refused {
    if (!ASKING.contains(page)) {
      throw new Refused(RefusalReason.NOT_FOUND, "nothing that asks for a fresh log-in");
    }
    return "redirect:/" + page;
  }

  @PostMapping("/sessions/{session}/end")
  String end(Actor.Person person, @PathVariable String session, RedirectAttributes onward)
      throws Refused {
    sessions.end(person, StaffPrincipal.provenAt(), key(session));
    onward.addFlashAttribute(Notice.ATTRIBUTE, done("sessions.ended"));
    return "redirect:/sessions";
  }

  @PostMapping("/sessions/end-others")
  String endOthers(Actor.Person person, HttpServletRequest request, RedirectAttributes onward)
      throws Refused {
    Bytes own =
        SessionFilter.key(request)
            .orElseThrow(() -> new Refused(RefusalReason.NOT_FOUND, "no session that is kept"));
    sessions.endOthers(person, StaffPrincipal.provenAt(), own);
    onward.addFlashAttribute(Notice.ATTRIBUTE, done("sessions.ended-others"));
    return "redirect:/sessions";
  }

  private Notice done(String what) {
    return new Notice(Mark.Tone.SUCCESS, words.of(what), words.of(what + ".text"), "");
  }

  private static Bytes key(String hex) throws Refused {
    try {
      return Bytes.of(HexFormat.of().parseHex(hex));
    } catch (IllegalArgumentException noKey) {
      throw new Refused(RefusalReason.NOT_FOUND, "no session of theirs");
    }
  }

  /**
   * One in the list.
   *
   * @param id for addresses, hexadecimal; it opens nothing
   * @param own whether it is the one that asks
   */
  record Row(String id, String proof, Instant provenAt, Instant used, boolean own) {
    static Row of(OpenSession session, Optional<Bytes> own) {
      return new Row(
          session.key().toHex(),
          session.proof(),
          session.provenAt(),
          session.used(),
          own.filter(session.key()::equals).isPresent());
    }
  }
}
