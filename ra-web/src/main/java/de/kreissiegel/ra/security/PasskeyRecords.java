package de.kreissiegel.ra.security;

import static java.nio.charset.StandardCharsets.UTF_8;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.login.Passkey;
import de.kreissiegel.ca.login.Passkeys;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.subject.SubjectId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.web.webauthn.api.AuthenticatorTransport;
import org.springframework.security.web.webauthn.api.Bytes;
import org.springframework.security.web.webauthn.api.CredentialRecord;
import org.springframework.security.web.webauthn.api.ImmutableCredentialRecord;
import org.springframework.security.web.webauthn.api.ImmutablePublicKeyCose;
import org.springframework.security.web.webauthn.api.ImmutablePublicKeyCredentialUserEntity;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialType;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialUserEntity;
import org.springframework.security.web.webauthn.management.PublicKeyCredentialUserEntityRepository;
import org.springframework.security.web.webauthn.management.UserCredentialRepository;

/**
 * The authority's passkeys, in the words of Spring Security. Who registers one is whoever is logged
 * in; the user handle is the id of their entry in the directory.
 */
final class PasskeyRecords
    implements UserCredentialRepository, PublicKeyCredentialUserEntityRepository {
  private final Passkeys passkeys;

  PasskeyRecords(Passkeys passkeys) {
    this.passkeys = passkeys;
  }

  @Override
  public void save(CredentialRecord record) {
    var id = own(record.getCredentialId());
    if (passkeys.find(id).isPresent()) {
      passkeys.used(id, record.getSignatureCount(), record.isBackupState());
      return;
    }
    try {
      passkeys.add(current().orElseThrow(), StaffPrincipal.provenAt(), passkey(record));
    } catch (Refused refused) {
      throw new AccessDeniedException(String.valueOf(refused.getMessage()), refused);
    }
  }

  @Override
  public @Nullable CredentialRecord findByCredentialId(Bytes id) {
    return passkeys.find(own(id)).map(PasskeyRecords::record).orElse(null);
  }

  @Override
  public List<CredentialRecord> findByUserId(Bytes handle) {
    return current()
        .filter(person -> handle(person.id()).equals(handle))
        .map(person -> passkeys.of(person).stream().map(PasskeyRecords::record).toList())
        .orElse(List.of());
  }

  @Override
  public @Nullable PublicKeyCredentialUserEntity findById(Bytes handle) {
    return entity(handle, new String(handle.getBytes(), UTF_8));
  }

  /** Whoever is logged in; nobody asks for another. */
  @Override
  public @Nullable PublicKeyCredentialUserEntity findByUsername(String login) {
    return current()
        .filter(person -> person.login().equals(login))
        .map(person -> entity(handle(person.id()), person.displayName()))
        .orElse(null);
  }

  @Override
  public void save(PublicKeyCredentialUserEntity entity) {
    // People are in the directory.
  }

  @Override
  public void delete(Bytes id) {
    throw new UnsupportedOperationException("people remove their passkeys on a page");
  }

  private static PublicKeyCredentialUserEntity entity(Bytes handle, String name) {
    return ImmutablePublicKeyCredentialUserEntity.builder()
        .id(handle)
        .name(name)
        .displayName(name)
        .build();
  }

  private static Optional<Actor.Person> current() {
    return StaffPrincipal.current().map(StaffPrincipal::person);
  }

  private static Bytes handle(SubjectId person) {
    return new Bytes(person.value().getBytes(UTF_8));
  }

  private static de.kreissiegel.hsm.signing.Bytes own(Bytes octets) {
    return de.kreissiegel.hsm.signing.Bytes.of(octets.getBytes());
  }

  private static Passkey passkey(CredentialRecord record) {
    Bytes attestation = record.getAttestationObject();
    if (attestation == null) {
      throw new AccessDeniedException("a registration without its attestation object");
    }
    return new Passkey(
        own(record.getCredentialId()),
        new SubjectId(new String(record.getUserEntityUserId().getBytes(), UTF_8)),
        record.getLabel(),
        de.kreissiegel.hsm.signing.Bytes.of(record.getPublicKey().getBytes()),
        own(attestation),
        record.getSignatureCount(),
        record.getTransports().stream()
            .map(AuthenticatorTransport::getValue)
            .filter(value -> value.length() < 20)
            .collect(Collectors.toSet()),
        new Passkey.Backup(record.isBackupEligible(), record.isBackupState()),
        record.getCreated(),
        record.getLastUsed());
  }

  private static CredentialRecord record(Passkey passkey) {
    return ImmutableCredentialRecord.builder()
        .credentialType(PublicKeyCredentialType.PUBLIC_KEY)
        .credentialId(new Bytes(passkey.id().toArray()))
        .userEntityUserId(handle(passkey.holder()))
        .publicKey(new ImmutablePublicKeyCose(passkey.publicKey().toArray()))
        .signatureCount(passkey.counter())
        .uvInitialized(true)
        .transports(
            passkey.transports().stream()
                .map(AuthenticatorTransport::valueOf)
                .collect(Collectors.toSet()))
        .backupEligible(passkey.backup().eligible())
        .backupState(passkey.backup().state())
        .attestationObject(new Bytes(passkey.attestation().toArray()))
        .created(passkey.created())
        .lastUsed(passkey.lastUsed())
        .label(passkey.label())
        .build();
  }
}
