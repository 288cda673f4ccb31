package de.kreissiegel.ca.revocation;

import de.kreissiegel.ca.access.AccessRules;
import de.kreissiegel.ca.access.Action;
import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.audit.AuditTrail;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.inventory.CertificateBook;
import de.kreissiegel.ca.inventory.CertificateStatus;
import de.kreissiegel.ca.inventory.Ownership;
import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ca.pseudonym.Pseudonym;
import de.kreissiegel.ca.publication.Outbox;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.transaction.Transactions;
import de.kreissiegel.ca.x509.RevocationReason;
import de.kreissiegel.ca.x509.SerialNumber;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Function;

/** The one door for revocation. A revocation is final, but for a hold. */
public final class RevocationDesk {
  private static final int LONGEST_NOTE = 500;
  private static final Actor.Component BEARER = new Actor.Component("pseudonym-bearer");

  private final Books books;
  private final Ownership ownership;
  private final Clock clock;

  /**
   * What a change of status is written to, all in one transaction.
   *
   * @param transactions opens it
   * @param certificates where the status stands
   * @param audit who did it, and why
   * @param outbox what follows in the directory
   */
  public record Books(
      Transactions transactions, CertificateBook certificates, AuditTrail audit, Outbox outbox) {}

  public RevocationDesk(Books books, Ownership ownership, Clock clock) {
    this.books = books;
    this.ownership = ownership;
    this.clock = clock;
  }

  /**
   * Revokes, or suspends where the reason is {@code certificateHold}. Officers may for their
   * tenants; a person may for their own certificates; components of the system for all, the
   * system's own included. The help desk suspends only.
   *
   * @param revocation its reason any but {@code removeFromCRL}; {@code cACompromise} and {@code
   *     aACompromise} only for the system's own, as nothing that names a subject is an authority
   *     (RFC 5280 §5.3.1)
   * @return the certificate with its new status
   * @throws Refused NOT_FOUND, NOT_AUTHORIZED, BAD_DATA_FORMAT (the reason, or a date that can't be
   *     true), REASON_MISSING (the note is too long, or there is none of who only holds others'
   *     certificates), WRONG_STATE (revoked already, or expired)
   */
  public StoredCertificate revoke(
      Actor actor, AuthorityName authority, SerialNumber serial, Revocation revocation)
      throws Refused {
    StoredCertificate certificate = visible(actor, authority, serial);
    boolean holds =
        revocation.reason() == RevocationReason.CERTIFICATE_HOLD
            && allows(actor, Action.HOLD, certificate);
    if (!mayChange(actor, certificate) && !ownership.holds(actor, Action.REVOKE_OWN, certificate)) {
      if (!holds) {
        throw notAuthorized(certificate);
      }
      if (revocation.note().isBlank()) {
        throw new Refused(RefusalReason.REASON_MISSING, "who holds another's certificate says why");
      }
    }
    return revoked(actor, certificate, revocation);
  }

  /**
   * The same for a holder who has proved to be it on the phone: whoever answers need be no officer.
   * The hotline's alone, which has the proof; it names the holder's way in the note.
   *
   * @throws Refused as {@link #revoke}
   */
  public StoredCertificate revokeByPhone(
      Actor.Person answering, AuthorityName authority, SerialNumber serial, Revocation revocation)
      throws Refused {
    StoredCertificate certificate = visible(answering, authority, serial);
    if (!allows(answering, Action.REVOKE_BY_PHONE, certificate)) {
      throw notAuthorized(certificate);
    }
    return revoked(answering, certificate, revocation);
  }

  private StoredCertificate revoked(
      Actor actor, StoredCertificate certificate, Revocation revocation) throws Refused {
    RevocationReason reason = revocation.reason();
    checkReason(reason, certificate);
    checkDate(revocation);
    boolean hold = reason == RevocationReason.CERTIFICATE_HOLD;
    String since = revocation.invalidSince().map(date -> ", bad since " + date).orElse("");
    return change(
        certificate,
        new StatusChange(
            told(actor, certificate),
            hold ? "certificate.held" : "certificate.revoked",
            reason.asn1Name() + since,
            revocation.note()),
        status -> StatusRules.revoked(status, revocation.within(certificate.notBefore()), now()));
  }

  /**
   * Releases a hold. Officers may for their tenants; the directory may, too, and only asks for what
   * it held itself.
   *
   * @throws Refused NOT_FOUND, NOT_AUTHORIZED, REASON_MISSING (the note is too long), WRONG_STATE
   *     (not on hold, or expired)
   */
  public StoredCertificate release(
      Actor actor, AuthorityName authority, SerialNumber serial, String note) throws Refused {
    StoredCertificate certificate = visible(actor, authority, serial);
    if (!AccessRules.allowsEverywhere(actor, Action.RELEASE)
        && !allows(actor, Action.RELEASE, certificate)) {
      throw notAuthorized(certificate);
    }
    return change(
        certificate,
        new StatusChange(actor, "certificate.released", "hold ended", note),
        StatusRules::released);
  }

  /** Who bears a pseudonym isn't told by the trail, where they revoke their own. */
  private Actor told(Actor actor, StoredCertificate certificate) {
    boolean pseudonymous = certificate.subject().filter(Pseudonym::isHolder).isPresent();
    return pseudonymous
            && !mayChange(actor, certificate)
            && ownership.holds(actor, Action.REVOKE_OWN, certificate)
        ? BEARER
        : actor;
  }

  /** Tenant and subject of a certificate never change: so who may is decided before the lock. */
  private StoredCertificate visible(Actor actor, AuthorityName authority, SerialNumber serial)
      throws Refused {
    return books
        .certificates()
        .find(authority, serial)
        .filter(
            certificate ->
                mayChange(actor, certificate)
                    || allows(actor, Action.VIEW_CERTIFICATES, certificate)
                    || allows(actor, Action.HOLD, certificate)
                    || ownership.holds(actor, Action.VIEW_OWN, certificate))
        .orElseThrow(
            () ->
                new Refused(RefusalReason.NOT_FOUND, "no certificate " + authority + "/" + serial));
  }

  private static boolean mayChange(Actor actor, StoredCertificate certificate) {
    return AccessRules.allowsEverywhere(actor, Action.REVOKE)
        || allows(actor, Action.REVOKE, certificate);
  }

  private static boolean allows(Actor actor, Action action, StoredCertificate certificate) {
    return certificate.tenant().filter(t -> AccessRules.allows(actor, action, t)).isPresent();
  }

  private static void checkReason(RevocationReason reason, StoredCertificate certificate)
      throws Refused {
    boolean possible =
        switch (reason) {
          case REMOVE_FROM_CRL -> false;
          case CA_COMPROMISE, AA_COMPROMISE -> certificate.tenant().isEmpty();
          default -> true;
        };
    if (!possible) {
      throw new Refused(
          RefusalReason.BAD_DATA_FORMAT,
          "the reason " + reason.asn1Name() + " doesn't fit this certificate");
    }
  }

  private void checkDate(Revocation revocation) throws Refused {
    if (revocation.invalidSince().isEmpty()) {
      return;
    }
    Instant date = revocation.invalidSince().get();
    String fault =
        revocation.reason() == RevocationReason.CERTIFICATE_HOLD
            ? "a hold has no date since when it was bad"
            : date.isAfter(now()) ? "it can't be bad since a time to come" : "";
    if (!fault.isEmpty()) {
      throw new Refused(RefusalReason.BAD_DATA_FORMAT, fault);
    }
  }

  private StoredCertificate change(
      StoredCertificate seen,
      StatusChange change,
      Function<CertificateStatus, Optional<CertificateStatus>> move)
      throws Refused {
    if (change.note().length() > LONGEST_NOTE) {
      throw new Refused(
          RefusalReason.REASON_MISSING, "the note is longer than " + LONGEST_NOTE + " characters");
    }
    return books
        .transactions()
        .<StoredCertificate, Refused>inTransaction(
            transaction -> {
              StoredCertificate locked =
                  books
                      .certificates()
                      .lock(transaction, seen.authority(), seen.serial())
                      .orElseThrow();
              CertificateStatus status = moved(locked, move);
              change.write(transaction, books, locked, status);
              return locked.withStatus(status);
            });
  }

  private CertificateStatus moved(
      StoredCertificate certificate, Function<CertificateStatus, Optional<CertificateStatus>> move)
      throws Refused {
    if (certificate.isExpired(now())) {
      throw new Refused(RefusalReason.WRONG_STATE, "it expired at " + certificate.notAfter());
    }
    return move.apply(certificate.status())
        .orElseThrow(
            () -> new Refused(RefusalReason.WRONG_STATE, "it is " + words(certificate.status())));
  }

  private static Refused notAuthorized(StoredCertificate certificate) {
    return new Refused(
        RefusalReason.NOT_AUTHORIZED, "not for this actor: " + certificate.auditName());
  }

  private static String words(CertificateStatus status) {
    return switch (status) {
      case CertificateStatus.Good _ -> "neither held nor revoked";
      case CertificateStatus.OnHold _ -> "on hold already";
      case CertificateStatus.Revoked _ -> "revoked already";
    };
  }

  /** Status times stand in CRLs and OCSP answers, which know whole seconds. */
  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }
}
