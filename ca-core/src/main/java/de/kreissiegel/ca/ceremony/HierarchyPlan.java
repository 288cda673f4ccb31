package de.kreissiegel.ca.ceremony;

import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.authority.CrlSettings;
import de.kreissiegel.ca.policyset.PolicySet;
import de.kreissiegel.ca.status.StatusAddresses;
import de.kreissiegel.hsm.signing.KeyId;
import java.time.Period;
import java.util.List;
import java.util.Optional;

/**
 * What a ceremony is to make.
 *
 * @param organization organizationName of all authorities, as {@code Landkreis Haßberge}
 * @param root the root authority; none where external superiors stand above all others
 * @param issuing the authorities under it, and those under external superiors
 * @param rootValidity at most 6 years (BSI TR-03116-4 §6.1.2)
 * @param issuingValidity at most 5 years (the same)
 * @param rootCrlValidity until when the root's CRL holds; at most 12 months
 * @param addresses what stands in the certificates as CRL and issuer addresses
 */
public record HierarchyPlan(
    String organization,
    Optional<RootAuthority> root,
    List<IssuingAuthority> issuing,
    Period rootValidity,
    Period issuingValidity,
    Period rootCrlValidity,
    StatusAddresses addresses) {
  public HierarchyPlan {
    issuing = List.copyOf(issuing);
    if (root.isEmpty()) {
      for (IssuingAuthority authority : issuing) {
        if (!authority.external()) {
          throw new IllegalArgumentException(
              authority.name() + " is to stand under the plan's root, and the plan has none");
        }
      }
    }
    atMost(rootValidity, 6 * 12, "a root authority ends after 6 years");
    atMost(issuingValidity, 5 * 12, "an issuing authority ends after 5 years");
    atMost(rootCrlValidity, 12, "a root's CRL ends after 12 months");
  }

  /** With a root of its own. */
  public HierarchyPlan(
      String organization,
      RootAuthority root,
      List<IssuingAuthority> issuing,
      Period rootValidity,
      Period issuingValidity,
      Period rootCrlValidity,
      StatusAddresses addresses) {
    this(
        organization,
        Optional.of(root),
        issuing,
        rootValidity,
        issuingValidity,
        rootCrlValidity,
        addresses);
  }

  /**
   * The root.
   *
   * @param name its name in addresses
   * @param commonName its commonName, at most 64 characters
   * @param key its key in the vault
   * @param policySet what it is held against
   */
  public record RootAuthority(
      AuthorityName name, String commonName, KeyId key, PolicySet policySet) {
    /** Under the default policy set. */
    public RootAuthority(AuthorityName name, String commonName, KeyId key) {
      this(name, commonName, key, PolicySet.DEFAULT);
    }
  }

  /**
   * An authority that issues to end entities.
   *
   * @param name its name in addresses
   * @param commonName its commonName, at most 64 characters
   * @param key its key in the vault
   * @param ocspKey the key of its OCSP responder
   * @param policySet what it is held against
   * @param names which names its certificates may hold
   * @param lists how it tells what it has revoked
   * @param external whether a superior that isn't ours certifies it, at a ceremony of its own
   */
  public record IssuingAuthority(
      AuthorityName name,
      String commonName,
      KeyId key,
      KeyId ocspKey,
      PolicySet policySet,
      NameSpace names,
      CrlSettings lists,
      boolean external) {
    /** Under the plan's root. */
    public IssuingAuthority(
        AuthorityName name,
        String commonName,
        KeyId key,
        KeyId ocspKey,
        PolicySet policySet,
        NameSpace names,
        CrlSettings lists) {
      this(name, commonName, key, ocspKey, policySet, names, lists, false);
    }

    /** Under the default policy set, for any names, with the usual lists. */
    public IssuingAuthority(AuthorityName name, String commonName, KeyId key, KeyId ocspKey) {
      this(name, commonName, key, ocspKey, CrlSettings.USUAL);
    }

    /** Under the default policy set, for any names. */
    public IssuingAuthority(
        AuthorityName name, String commonName, KeyId key, KeyId ocspKey, CrlSettings lists) {
      this(name, commonName, key, ocspKey, PolicySet.DEFAULT, NameSpace.ANY, lists);
    }

    /** Its generation of that number, which bears its name and has keys of its own. */
    public IssuingAuthority generation(int number) {
      return number == 1
          ? this
          : new IssuingAuthority(
              new AuthorityName(name + "-" + number),
              commonName,
              new KeyId(key + "-" + number),
              new KeyId(ocspKey + "-" + number),
              policySet,
              names,
              lists,
              external);
    }
  }

  /**
   * The root of a plan that has one.
   *
   * @throws IllegalStateException if it has none
   */
  public RootAuthority ownRoot() {
    return root.orElseThrow(() -> new IllegalStateException("the plan has no root of its own"));
  }

  /** The authorities that the plan's root certifies. */
  public List<IssuingAuthority> underRoot() {
    return issuing.stream().filter(one -> !one.external()).toList();
  }

  /** This plan with other issuing authorities. */
  public HierarchyPlan with(List<IssuingAuthority> others) {
    return new HierarchyPlan(
        organization, root, others, rootValidity, issuingValidity, rootCrlValidity, addresses);
  }

  /** This plan for the root's generation of that number. */
  public HierarchyPlan withRootGeneration(int number) {
    if (number == 1) {
      return this;
    }
    RootAuthority first = ownRoot();
    return new HierarchyPlan(
        organization,
        new RootAuthority(
            new AuthorityName(first.name() + "-" + number),
            first.commonName(),
            new KeyId(first.key() + "-" + number),
            first.policySet()),
        issuing,
        rootValidity,
        issuingValidity,
        rootCrlValidity,
        addresses);
  }

  private static void atMost(Period period, int months, String rule) {
    if (period.getDays() != 0 || period.toTotalMonths() < 1 || period.toTotalMonths() > months) {
      throw new IllegalArgumentException(rule + " (BSI TR-03116-4 §6.1.2)");
    }
  }
}
