package de.kreissiegel.ca.storage;

import de.kreissiegel.ca.access.Proof;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.campaign.Campaign;
import de.kreissiegel.ca.campaign.CampaignItem;
import de.kreissiegel.ca.campaign.Candidate;
import de.kreissiegel.ca.campaign.Goal;
import de.kreissiegel.ca.campaign.Standing;
import de.kreissiegel.ca.campaign.Terms;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ca.x509.SerialNumber;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.statement.Update;

/** Campaigns and their certificates as rows. */
final class CampaignRows {
  private CampaignRows() {}

  static List<String> names(Collection<TenantId> tenants) {
    return tenants.stream().map(TenantId::value).sorted().toList();
  }

  /** What stands in a new row and in one that changes. */
  static Update bind(Update update, Campaign campaign) {
    Terms terms = campaign.terms();
    return update
        .bind("id", campaign.id())
        .bind("title", Patterns.storable(terms.title()))
        .bind("due", terms.due())
        .bind("perDay", terms.perDay())
        .bind("textDe", Patterns.storable(terms.textDe()))
        .bind("textEn", Patterns.storable(terms.textEn()))
        .bind("startedBy", campaign.answering().value())
        .bind("proof", campaign.proof().name())
        .bind("state", JdbcCampaignBook.word(campaign.state()))
        .bind("movedAt", campaign.dates().moved());
  }

  static Campaign campaign(ResultSet row) throws SQLException {
    return new Campaign(
        row.getObject("id", UUID.class),
        new Goal(
            Arrays.stream((String[]) row.getArray("tenants").getArray())
                .map(TenantId::new)
                .collect(Collectors.toUnmodifiableSet()),
            Optional.ofNullable(row.getString("profile")).map(ProfileName::new),
            Optional.ofNullable(row.getString("authority")).map(AuthorityName::new),
            Optional.ofNullable(row.getString("key_kind")),
            time(row, "ends_before")),
        new Terms(
            row.getString("title"),
            row.getObject("due", LocalDate.class),
            row.getInt("per_day"),
            row.getString("text_de"),
            row.getString("text_en")),
        new SubjectId(row.getString("made_by")),
        row.getString("maker_name"),
        row.getTimestamp("made_at").toInstant(),
        new SubjectId(row.getString("started_by")),
        Proof.valueOf(row.getString("proof")),
        Campaign.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
        new Campaign.Dates(
            row.getTimestamp("moved_at").toInstant(),
            time(row, "started_at"),
            time(row, "looked_at"),
            time(row, "overdue_at")));
  }

  static Candidate candidate(ResultSet row) throws SQLException {
    return new Candidate(
        new AuthorityName(row.getString("authority")),
        SerialNumber.fromHex(row.getString("serial")),
        new TenantId(row.getString("tenant")),
        new ProfileName(row.getString("profile")),
        new SubjectId(row.getString("subject_id")),
        row.getBoolean("done"));
  }

  static CampaignItem item(ResultSet row) throws SQLException {
    return new CampaignItem(
        row.getInt("number"),
        new AuthorityName(row.getString("authority")),
        SerialNumber.fromHex(row.getString("serial")),
        new TenantId(row.getString("tenant")),
        new ProfileName(row.getString("profile")),
        Optional.ofNullable(row.getString("subject_id")).map(SubjectId::new),
        row.getString("subject_name"),
        row.getTimestamp("not_after").toInstant(),
        Standing.valueOf(row.getString("standing")),
        new CampaignItem.Letters(
            time(row, "written_at"),
            time(row, "last_letter_at"),
            row.getInt("reminded"),
            row.getBoolean("troubled")));
  }

  private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getTimestamp(column)).map(Timestamp::toInstant);
  }
}
