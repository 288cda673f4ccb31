package de.kreissiegel.ca.path;

import static org.assertj.core.api.Assertions.assertThat;

import de.kreissiegel.ca.policyset.PolicySet;
import de.kreissiegel.ca.policyset.TestCertificate;
import de.kreissiegel.hsm.signing.Bytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/** A question in short words. */
final class Asked {
  private final List<Bytes> anchors = new ArrayList<>();
  private final List<Bytes> others = new ArrayList<>();
  private final List<Bytes> lists = new ArrayList<>();
  private final Bytes certificate;
  private PathOptions options = PathOptions.under(PolicySet.RFC5280);

  private Asked(Bytes certificate) {
    this.certificate = certificate;
  }

  static Asked about(TestCertificate certificate) {
    return new Asked(certificate.encoded());
  }

  static Asked about(Bytes certificate) {
    return new Asked(certificate);
  }

  Asked believing(TestCertificate... more) {
    Arrays.stream(more).map(TestCertificate::encoded).forEach(anchors::add);
    return this;
  }

  Asked with(TestCertificate... more) {
    Arrays.stream(more).map(TestCertificate::encoded).forEach(others::add);
    return this;
  }

  Asked lists(Bytes... more) {
    lists.addAll(List.of(more));
    return this;
  }

  Asked under(PolicySet set) {
    return with(PathOptions.under(set));
  }

  Asked with(PathOptions wanted) {
    options = wanted;
    return this;
  }

  PathVerdict verdict() {
    return PathValidation.verify(
        new PathQuestion(anchors, certificate, others, lists, TestCertificate.TIME, options));
  }

  PathVerdict.Valid valid() {
    PathVerdict verdict = verdict();
    assertThat(verdict).as("%s", verdict).isInstanceOf(PathVerdict.Valid.class);
    return (PathVerdict.Valid) verdict;
  }

  /** The faults' ids, each with its place. */
  List<String> faults() {
    PathVerdict verdict = verdict();
    assertThat(verdict).isInstanceOf(PathVerdict.Invalid.class);
    return ((PathVerdict.Invalid) verdict).faults().stream().map(Asked::told).toList();
  }

  private static String told(PathFault fault) {
    OptionalInt position = fault.position();
    assertThat(fault.german()).endsWith(".");
    assertThat(fault.english()).endsWith(".");
    assertThat(fault.clause()).isNotBlank();
    return fault.id() + (position.isPresent() ? " " + position.getAsInt() : "");
  }
}
