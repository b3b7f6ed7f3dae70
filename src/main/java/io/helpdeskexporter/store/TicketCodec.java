package io.helpdeskexporter.store;

import io.helpdeskexporter.domain.Exclusion;
import io.helpdeskexporter.domain.Measured;
import io.helpdeskexporter.domain.Reported;
import io.helpdeskexporter.domain.SlaMetric;
import io.helpdeskexporter.domain.Ticket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** A ticket as bytes, without its id. Instants and durations are kept to the millisecond. */
final class TicketCodec {
  private static final int FORMAT = 1;

  /** How much the source computed itself. What measures nothing is as it has always been. */
  private static final int NONE = 0;

  private static final int SOME = 1;
  private static final int MEASURED = 2;

  private TicketCodec() {}

  static byte[] encode(Ticket ticket) {
    BlobWriter out = new BlobWriter();
    out.octet(FORMAT);
    out.signed(ticket.version());
    long created = ticket.createdAt().toEpochMilli();
    out.signed(created);
    out.instant(ticket.updatedAt(), created);
    out.octet(Codes.ACTOR.of(ticket.openedBy()));
    out.string(ticket.status());
    out.string(ticket.priority());
    out.string(ticket.team());
    out.string(ticket.assignee());
    out.string(ticket.channel());
    out.string(ticket.requester());
    out.string(ticket.organization());
    out.unsigned(ticket.topics().size());
    ticket.topics().forEach(out::string);
    out.string(ticket.followUpOf());
    out.string(ticket.mergedInto());
    out.octet(ticket.excluded().isPresent() ? 1 : 0);
    ticket.excluded().ifPresent(excluded -> out.octet(Codes.EXCLUSION.of(excluded)));
    Reported reported = ticket.reported();
    out.octet(
        reported.equals(Reported.NOTHING) ? NONE : reported.measured().isEmpty() ? SOME : MEASURED);
    if (!reported.equals(Reported.NOTHING)) {
      encode(reported, created, out);
    }
    return out.toBytes();
  }

  private static void encode(Reported reported, long created, BlobWriter out) {
    out.instant(reported.firstReplyAt(), created);
    out.instant(reported.solvedAt(), created);
    out.instant(reported.closedAt(), created);
    out.integer(reported.reopens());
    out.integer(reported.reassignments());
    out.integer(reported.agentReplies());
    out.duration(reported.handleTime());
    out.unsigned(reported.promises().size());
    for (Reported.Promise promise : reported.promises()) {
      out.octet(Codes.SLA_METRIC.of(promise.metric()));
      out.octet(promise.met().map(met -> met ? 2 : 1).orElse(0));
      out.instant(promise.dueAt(), created);
      out.instant(promise.endedAt(), created);
    }
    if (!reported.measured().isEmpty()) {
      out.unsigned(reported.measured().size());
      reported.measured().forEach(it -> MeasuredCodec.encode(it, out));
    }
  }

  /**
   * @throws BlobReader.Malformed if {@link #encode} did not write it
   */
  static Ticket decode(String id, byte[] bytes) {
    BlobReader in = new BlobReader(bytes);
    in.version(FORMAT);
    long version = in.signed();
    Instant createdAt = in.instant(0);
    long created = createdAt.toEpochMilli();
    Ticket.Builder ticket =
        Ticket.ticket(id, createdAt)
            .version(version)
            .updatedAt(in.instant(created))
            .openedBy(Codes.ACTOR.read(in))
            .status(in.optionalString())
            .priority(in.optionalString())
            .team(in.optionalString())
            .assignee(in.optionalString())
            .channel(in.optionalString())
            .requester(in.optionalString())
            .organization(in.optionalString())
            .topics(strings(in))
            .followUpOf(in.optionalString())
            .mergedInto(in.optionalString());
    if (in.present()) {
      Exclusion excluded = Codes.EXCLUSION.read(in);
      ticket.excluded(Optional.of(excluded));
    }
    int reported = in.octet();
    if (reported > MEASURED) {
      throw in.malformed("what the source computed, in form " + reported);
    }
    if (reported != NONE) {
      ticket.reported(reported(in, created, reported == MEASURED));
    }
    in.end();
    return ticket.build();
  }

  private static Reported reported(BlobReader in, long created, boolean withMeasured) {
    Optional<Instant> firstReplyAt = in.optionalInstant(created);
    Optional<Instant> solvedAt = in.optionalInstant(created);
    Optional<Instant> closedAt = in.optionalInstant(created);
    OptionalInt reopens = in.optionalInteger();
    OptionalInt reassignments = in.optionalInteger();
    OptionalInt agentReplies = in.optionalInteger();
    Optional<Duration> handleTime = in.optionalDuration();
    int count = in.count();
    List<Reported.Promise> promises = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      SlaMetric metric = Codes.SLA_METRIC.read(in);
      Optional<Boolean> met =
          switch (in.octet()) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of(false);
            case 2 -> Optional.of(true);
            default -> throw in.malformed("a verdict that is none");
          };
      promises.add(
          new Reported.Promise(
              metric, met, in.optionalInstant(created), in.optionalInstant(created)));
    }
    int measuredCount = withMeasured ? in.count() : 0;
    List<Measured> measured = new ArrayList<>(measuredCount);
    for (int i = 0; i < measuredCount; i++) {
      measured.add(MeasuredCodec.decode(in));
    }
    return new Reported(
        firstReplyAt,
        solvedAt,
        closedAt,
        reopens,
        reassignments,
        agentReplies,
        handleTime,
        promises,
        measured);
  }

  private static List<String> strings(BlobReader in) {
    int count = in.count();
    List<String> strings = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      strings.add(in.string());
    }
    return strings;
  }
}
