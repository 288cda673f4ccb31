package de.kreissiegel.ra.pages;

import de.kreissiegel.ca.registration.Approval;
import de.kreissiegel.ca.registration.CertificateRequest;
import de.kreissiegel.ca.registration.Question;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What happened to an application, step by step, and what comes next. */
public final class Timeline {
  private Timeline() {}

  /**
   * One step.
   *
   * @param text in words
   * @param at when; empty where it is not recorded or still to come
   * @param open whether it is still to come
   */
  public record Step(String text, Optional<Instant> at, boolean open) {}

  /**
   * The steps of this application, the first first.
   *
   * @param questions what officers asked and the applicant answered
   */
  public static List<Step> of(CertificateRequest request, List<Question> questions, Words words) {
    var steps = new ArrayList<>(of(request, words));
    for (var question : questions) {
      steps.add(
          done(
              words.of("timeline.asked", question.officerName(), question.text()),
              question.askedAt()));
      question
          .answer()
          .ifPresent(
              answer -> steps.add(done(words.of("timeline.answered", answer.text()), answer.at())));
    }
    // What is still to come, or has no time, stays last.
    steps.sort(Comparator.comparing(step -> step.at().orElse(Instant.MAX)));
    return List.copyOf(steps);
  }

  /** The same of one about which nobody asked. */
  public static List<Step> of(CertificateRequest request, Words words) {
    var content = request.content();
    var steps = new ArrayList<Step>();
    steps.add(done(words.of("timeline.submitted", content.applicantName()), content.submittedAt()));
    switch (request) {
      case CertificateRequest.Submitted _ -> steps.add(open(words.of("timeline.checking")));
      case CertificateRequest.AwaitingApproval waiting -> {
        approvals(waiting.approvals(), words, steps);
        waiting
            .waiting()
            .passedOn()
            .ifPresent(at -> steps.add(done(words.of("timeline.passed-on"), at)));
        var missing = waiting.needed() - waiting.approvals().size();
        steps.add(
            open(
                waiting.waiting().question().isPresent()
                    ? words.of("timeline.answer")
                    : words.of("timeline.awaiting", missing)));
      }
      case CertificateRequest.Approved approved -> {
        approvals(approved.approvals(), words, steps);
        steps.add(open(words.of("timeline.issuing")));
      }
      case CertificateRequest.Issued issued -> {
        approvals(issued.approvals(), words, steps);
        steps.add(new Step(words.of("timeline.issued"), Optional.empty(), false));
      }
      case CertificateRequest.Refused refused ->
          steps.add(done(words.of("timeline.refused", refused.by()), refused.at()));
      case CertificateRequest.Withdrawn withdrawn ->
          steps.add(done(words.of("timeline.withdrawn"), withdrawn.at()));
      case CertificateRequest.Expired expired ->
          steps.add(done(words.of("timeline.expired"), expired.at()));
    }
    return List.copyOf(steps);
  }

  private static void approvals(List<Approval> approvals, Words words, List<Step> steps) {
    for (var approval : approvals) {
      steps.add(done(words.of("timeline.approved", approval.officerName()), approval.at()));
    }
  }

  private static Step done(String text, Instant at) {
    return new Step(text, Optional.of(at), false);
  }

  private static Step open(String text) {
    return new Step(text, Optional.empty(), true);
  }
}
