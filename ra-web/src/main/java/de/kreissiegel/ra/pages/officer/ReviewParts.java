package de.kreissiegel.ra.pages.officer;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.lint.Lint;
import de.kreissiegel.ca.lint.LintFinding;
import de.kreissiegel.ca.lint.Severity;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.registration.CertificateRequest;
import de.kreissiegel.ca.review.Review;
import de.kreissiegel.ca.review.ReviewDesk;
import de.kreissiegel.ca.review.Risk;
import de.kreissiegel.ca.review.RiskHint;
import de.kreissiegel.ra.pages.Notice;
import de.kreissiegel.ra.pages.RequestRow;
import de.kreissiegel.ra.pages.Words;
import de.kreissiegel.ra.pages.certificates.CertificateRow;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** What speaks for and against an application, in words. */
@Component
class ReviewParts {
  private static final int SHOWN = 10;

  private static final Set<Risk> GRAVE =
      EnumSet.of(
          Risk.SUBJECT_GONE,
          Risk.SUBJECT_DISABLED,
          Risk.SUBJECT_LEAVING,
          Risk.AFTER_COMPROMISE,
          Risk.NAMES_CHANGED);

  private final ReviewDesk desk;
  private final Words words;
  private final InstantSource clock;

  ReviewParts(ReviewDesk desk, Words words, InstantSource clock) {
    this.desk = desk;
    this.words = words;
    this.clock = clock;
  }

  /**
   * One hint.
   *
   * @param id which risk
   * @param tone {@code danger} or {@code warning}
   * @param text in a sentence
   */
  record Hint(String id, String tone, String text) {}

  /**
   * A warning or notice of the linter's.
   *
   * @param lint the rule's name
   * @param tone {@code warning} or {@code info}
   * @param sentence what isn't as the rule wants it
   * @param source the clause behind it
   * @param detail what breaks it; may be empty
   */
  record Remark(String lint, String tone, String sentence, String source, String detail) {}

  /**
   * All of it.
   *
   * @param hints at risks
   * @param objections what the linter says against the certificates to be
   * @param remarks what it has to say beside
   * @param requests the person's other applications
   * @param certificates the person's certificates
   * @param more whether there are more of either
   * @param linked how many other entries are the same human
   */
  record Part(
      List<Hint> hints,
      List<Notice> objections,
      List<Remark> remarks,
      List<RequestRow> requests,
      List<CertificateRow> certificates,
      boolean more,
      int linked) {}

  /** Of an order or of one request. */
  Part of(Actor.Person officer, List<CertificateRequest> parts) throws Refused {
    Set<Hint> hints = new LinkedHashSet<>();
    var objections = new ArrayList<Notice>();
    Set<Remark> remarks = new LinkedHashSet<>();
    List<CertificateRequest> requests = List.of();
    List<CertificateRow> certificates = List.of();
    int linked = 0;
    for (CertificateRequest part : parts) {
      Review review = desk.review(officer, part);
      review.hints().forEach(hint -> hints.add(hint(hint)));
      review
          .rehearsal()
          .ifPresent(
              rehearsal -> {
                rehearsal.objection().map(words::refused).ifPresent(objections::add);
                rehearsal.remarks().forEach(finding -> remarks.add(remark(finding)));
              });
      linked = review.linked();
      requests =
          review.requests().stream()
              .filter(one -> parts.stream().noneMatch(own -> own.id().equals(one.id())))
              .toList();
      certificates =
          review.certificates().stream()
              .map(one -> CertificateRow.of(one, words, clock.instant()))
              .toList();
    }
    List<RequestRow> rows = RequestRow.all(requests, words);
    return new Part(
        List.copyOf(hints),
        List.copyOf(objections),
        List.copyOf(remarks),
        rows.stream().limit(SHOWN).toList(),
        certificates.stream().limit(SHOWN).toList(),
        rows.size() > SHOWN || certificates.size() > SHOWN,
        linked);
  }

  private static Remark remark(LintFinding finding) {
    Lint lint = finding.lint();
    return new Remark(
        lint.id(),
        lint.severity() == Severity.WARNING ? "warning" : "info",
        lint.sentence(Words.language()),
        lint.source(),
        finding.detail());
  }

  private Hint hint(RiskHint hint) {
    return new Hint(
        hint.risk().name(),
        GRAVE.contains(hint.risk()) ? "danger" : "warning",
        words.of("risk." + hint.risk(), hint.values().toArray()));
  }
}
