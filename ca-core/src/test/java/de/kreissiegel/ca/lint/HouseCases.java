package de.kreissiegel.ca.lint;

import static de.kreissiegel.ca.lint.LintCases.keyUsage;
import static de.kreissiegel.ca.lint.LintCases.oids;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Integer;

/** Of {@link HouseLints}. */
final class HouseCases {
  private static final Trial MAIL = Trial.of("smime");
  private static final Trial RESPONDER = Trial.of("ocsp-responder-people");

  private HouseCases() {}

  static void add(LintCases cases) {
    cases.trips(
        "house.outlives-authority",
        MAIL,
        it ->
            it.issuer(
                issuer ->
                    new LintContext.Issuer(
                        issuer.name(),
                        issuer.keyIdentifier(),
                        issuer.signatureAlgorithm(),
                        java.time.Instant.parse("2027-11-22T07:54:58Z"))));
    cases.edited(
        "house.too-short",
        MAIL,
        tbs -> tbs.with(Tbs.VALIDITY, FieldCases.validity("261122080000Z", "261122085959Z")));
    cases.edited("house.serial-random", MAIL, tbs -> tbs.with(Tbs.SERIAL, new ASN1Integer(4711)));
    cases.edited(
        "house.key",
        MAIL,
        tbs ->
            tbs.with(
                Tbs.KEY,
                Tbs.read(
                    de.kreissiegel.hsm.signing.Bytes.of(
                            SampleKeys.elliptic(new BigInteger("987654321987")))
                        .toHex())));
    cases.edited(
        "house.key-usage",
        MAIL,
        tbs -> tbs.withExtension(Oids.KEY_USAGE, true, keyUsage(UsageLints.DIGITAL_SIGNATURE)),
        tbs ->
            tbs.withExtension(
                Oids.KEY_USAGE,
                true,
                keyUsage(UsageLints.KEY_AGREEMENT | UsageLints.DECIPHER_ONLY)));
    cases.edited(
        "house.extended-key-usage",
        MAIL,
        tbs ->
            tbs.withExtension(
                Oids.EXT_KEY_USAGE,
                false,
                oids(List.of(Oids.EMAIL_PROTECTION, Oids.DOCUMENT_SIGNING))),
        tbs -> tbs.withoutExtension(Oids.EXT_KEY_USAGE));
    cases.edited(
        "house.officer-scope",
        Trial.of("registration-officer"),
        tbs -> tbs.withoutExtension(Oids.SUBJECT_DIRECTORY_ATTRIBUTES),
        tbs ->
            tbs.withExtension(
                Oids.SUBJECT_DIRECTORY_ATTRIBUTES, false, ExtensionCases.attributes("1.2.3")));
    cases.edited(
        "house.officer-scope",
        MAIL,
        tbs ->
            tbs.withExtension(
                Oids.SUBJECT_DIRECTORY_ATTRIBUTES, false, ExtensionCases.attributes("1.2.3")));
    cases.edited(
        "house.purpose",
        MAIL,
        tbs -> tbs.withExtension(Oids.KEY_USAGE, true, keyUsage(UsageLints.DIGITAL_SIGNATURE)));
    cases.edited(
        "house.nocheck-validity",
        RESPONDER,
        tbs -> tbs.with(Tbs.VALIDITY, FieldCases.validity("261122080000Z", "270301080000Z")));
    cases.trips(
        "house.self-named",
        MAIL,
        it ->
            it.edit(
                tbs ->
                    tbs.with(
                        Tbs.SUBJECT,
                        Tbs.read(it.context().issuer().orElseThrow().name().toHex()))));
    cases.trips("house.holder-disabled", MAIL, it -> it.holder(disabled(it)));
    cases.trips(
        "house.holder-on-hold",
        MAIL,
        it ->
            it.knowing(
                KeyCases.standing(new KnownKeys.Standing(false, false, Optional.empty(), true))));
  }

  private static LintContext.Holder disabled(Trial it) {
    LintContext.Holder old = it.context().holder().orElseThrow();
    return new LintContext.Holder(old.id(), old.kind(), old.realName(), false, old.keyInVault());
  }
}
