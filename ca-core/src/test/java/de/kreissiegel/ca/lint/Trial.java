package de.kreissiegel.ca.lint;

import de.kreissiegel.ca.issuance.ShippedCertificates;
import de.kreissiegel.ca.subject.SubjectKind;
import de.kreissiegel.hsm.signing.Bytes;
import java.security.PublicKey;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A certificate before the linter, with all that the linter is told.
 *
 * @param tbs the octets
 * @param context what is told of them
 * @param keys what the house knows of keys
 * @param lists of weak keys
 */
record Trial(Bytes tbs, LintContext context, KnownKeys keys, WeakKeyLists lists) {
  static Trial of(ShippedCertificates.Sample sample) {
    return new Trial(sample.tbs(), sample.context(), KnownKeys.none(), WeakKeyLists.none());
  }

  /** As it is shipped, with a key of P-256. */
  static Trial of(String profile) {
    return of(profile, SampleKeys.P256);
  }

  static Trial of(String profile, PublicKey key) {
    return of(ShippedCertificates.of(profile, key));
  }

  /** Of a function's mailbox. */
  static Trial group() {
    return of(ShippedCertificates.of("smime", SampleKeys.P256, SubjectKind.FUNCTION, "Poststelle"));
  }

  /** Of somebody under another name. */
  static Trial pseudonym() {
    Trial person = of("smime");
    return person
        .edit(tbs -> tbs.withAttribute(Oids.CN, LintCases.utf8("PN: Kiebitz 7")))
        .holder(HolderKind.PSEUDONYM);
  }

  Trial edit(UnaryOperator<Tbs> change) {
    return new Trial(change.apply(Tbs.of(tbs)).encoded(), context, keys, lists);
  }

  Trial octets(UnaryOperator<byte[]> change) {
    return new Trial(Bytes.of(change.apply(tbs.toArray())), context, keys, lists);
  }

  Trial holder(HolderKind kind) {
    LintContext.Holder old = context.holder().orElseThrow();
    return holder(
        new LintContext.Holder(old.id(), kind, old.realName(), old.enabled(), old.keyInVault()));
  }

  Trial holder(LintContext.Holder holder) {
    return new Trial(
        tbs, new LintContext(context.issuer(), context.order(), Optional.of(holder)), keys, lists);
  }

  Trial issuer(UnaryOperator<LintContext.Issuer> change) {
    return new Trial(
        tbs,
        new LintContext(context.issuer().map(change), context.order(), context.holder()),
        keys,
        lists);
  }

  /** The key is another one, and so it was ordered; its identifier fits. */
  Trial key(byte[] info) {
    LintContext.Order old = context.order().orElseThrow();
    return edit(made ->
            made.with(Tbs.KEY, Tbs.read(Bytes.of(info).toHex()))
                .withExtension(Oids.SUBJECT_KEY_IDENTIFIER, false, SampleKeys.identifier(info)))
        .order(
            new LintContext.Order(
                old.profile(),
                old.purpose(),
                old.keyUsage(),
                old.extendedKeyUsages(),
                old.mail(),
                old.dnsName(),
                old.directoryAttributes(),
                Bytes.of(info)));
  }

  Trial order(LintContext.Order order) {
    return new Trial(
        tbs, new LintContext(context.issuer(), Optional.of(order), context.holder()), keys, lists);
  }

  /** It was ordered with these usages, and has them. */
  Trial usages(int keyUsage, Set<String> extended) {
    LintContext.Order old = context.order().orElseThrow();
    return edit(made ->
            made.withExtension(Oids.KEY_USAGE, true, LintCases.keyUsage(keyUsage))
                .withExtension(Oids.EXT_KEY_USAGE, false, LintCases.oids(extended)))
        .order(
            new LintContext.Order(
                old.profile(),
                old.purpose(),
                bits(keyUsage),
                extended,
                old.mail(),
                old.dnsName(),
                old.directoryAttributes(),
                old.key()));
  }

  private static Set<Integer> bits(int keyUsage) {
    Set<Integer> bits = new java.util.HashSet<>();
    for (int bit = 0; bit < 9; bit++) {
      if ((keyUsage >> bit & 1) != 0) {
        bits.add(bit);
      }
    }
    return bits;
  }

  Trial knowing(KnownKeys known) {
    return new Trial(tbs, context, known, lists);
  }

  Trial listing(WeakKeyLists weak) {
    return new Trial(tbs, context, keys, weak);
  }

  List<LintFinding> findings() {
    return new Linter(keys, lists).findings(tbs, context);
  }

  /** The ids of the lints that trip, each once. */
  List<String> tripped() {
    return findings().stream().map(finding -> finding.lint().id()).distinct().toList();
  }
}
