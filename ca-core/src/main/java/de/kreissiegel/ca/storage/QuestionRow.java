package de.kreissiegel.ca.storage;

import de.kreissiegel.ca.registration.Question;
import de.kreissiegel.ca.registration.Waiting;
import de.kreissiegel.ca.subject.SubjectId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Questions to applicants as rows. */
final class QuestionRow {
  private QuestionRow() {}

  /** Of each of these requests that has any, in order. */
  static Map<UUID, List<Question>> of(Handle handle, Collection<UUID> requests) {
    if (requests.isEmpty()) {
      return Map.of();
    }
    Map<UUID, List<Question>> found = new HashMap<>();
    handle
        .createQuery(
            "select * from request_question where request_id = any(:ids) order by request_id, number")
        .bind("ids", requests.toArray(UUID[]::new))
        .map((row, _) -> Map.entry(row.getObject("request_id", UUID.class), read(row)))
        .forEach(
            one -> found.computeIfAbsent(one.getKey(), _ -> new ArrayList<>()).add(one.getValue()));
    return found;
  }

  /** What a request with these waits for. */
  static Waiting waiting(List<Question> questions, Optional<Instant> passedOn) {
    return new Waiting(
        questions.stream().filter(one -> one.answer().isEmpty()).findFirst(),
        questions.stream()
            .flatMap(one -> one.answer().stream())
            .map(Question.Answer::at)
            .max(Comparator.naturalOrder()),
        passedOn);
  }

  static void insert(Handle handle, UUID request, Question question) {
    handle.execute(
        """
        insert into request_question (request_id, number, officer, officer_name, question, asked_at)
        values (?, ?, ?, ?, ?, ?)
        """,
        request,
        question.number(),
        question.officer().value(),
        question.officerName(),
        question.text(),
        question.askedAt());
  }

  static void answer(Handle handle, UUID request, Question.Answer answer) {
    handle.execute(
        """
        update request_question set answer = ?, answered_at = ?
        where request_id = ? and answer is null
        """,
        answer.text(),
        answer.at(),
        request);
  }

  private static Question read(ResultSet row) throws SQLException {
    String answer = row.getString("answer");
    return new Question(
        row.getInt("number"),
        new SubjectId(row.getString("officer")),
        row.getString("officer_name"),
        row.getString("question"),
        row.getObject("asked_at", OffsetDateTime.class).toInstant(),
        answer == null
            ? Optional.empty()
            : Optional.of(
                new Question.Answer(
                    answer, row.getObject("answered_at", OffsetDateTime.class).toInstant())));
  }
}
