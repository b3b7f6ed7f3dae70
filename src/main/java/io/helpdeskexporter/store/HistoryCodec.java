package io.helpdeskexporter.store;

import io.helpdeskexporter.domain.Actor;
import io.helpdeskexporter.domain.Author;
import io.helpdeskexporter.domain.Escalation;
import io.helpdeskexporter.domain.Exclusion;
import io.helpdeskexporter.domain.Sentiment;
import io.helpdeskexporter.domain.ServiceHours;
import io.helpdeskexporter.domain.SlaMetric;
import io.helpdeskexporter.domain.SlaTurn;
import io.helpdeskexporter.domain.Stamp;
import io.helpdeskexporter.domain.Survey;
import io.helpdeskexporter.domain.SurveyAnswer;
import io.helpdeskexporter.domain.TicketEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The events of a ticket as bytes: about ten each where keys are numbers. A key is split into a
 * prefix, shared by many, and the number it ends in; numbers and times are stored as steps from the
 * event before. Instants and durations are kept to the millisecond.
 */
final class HistoryCodec {
  private static final int FORMAT = 1;

  /** Sixteen types with the highest bit of the header unset, and as many with it set. */
  private static final int TYPE = 0x8F;

  private static final int CLOCK_TURNED = 0x80;
  private static final int HOURS_SET = 0x81;

  private static final int RUNS = 0;
  private static final int STANDS_STILL = 1;
  private static final int PROMISES = 2;

  private static final int NUMBERED = 0x10;
  private static final int SEQUENCE_IS_NUMBER = 0x20;
  private static final int SEQUENCE_IS_TIME = 0x40;

  private static final int VISIBLE = 0x08;
  private static final int NOTE = 0x10;
  private static final int JUDGED = 0x20;
  private static final int THANKS = 0x40;

  /** Beyond all moods. */
  private static final int NO_LANGUAGE = 2000;

  private static final int ACTOR = 0x07;

  /** Longer runs of digits may exceed a long. */
  private static final int MOST_DIGITS = 18;

  private HistoryCodec() {}

  static byte[] encode(List<TicketEvent> events) {
    BlobWriter out = new BlobWriter();
    out.octet(FORMAT);
    out.unsigned(events.size());
    Encoder encoder = new Encoder(out);
    events.forEach(encoder::event);
    return out.toBytes();
  }

  /**
   * @throws BlobReader.Malformed if {@link #encode} did not write it
   */
  static List<TicketEvent> decode(byte[] bytes) {
    BlobReader in = new BlobReader(bytes);
    in.version(FORMAT);
    int count = in.count();
    List<TicketEvent> events = new ArrayList<>(count);
    Decoder decoder = new Decoder(in);
    for (int i = 0; i < count; i++) {
      events.add(decoder.event());
    }
    in.end();
    return events;
  }

  private static int type(TicketEvent event) {
    return switch (event) {
      case TicketEvent.Message _ -> 0;
      case TicketEvent.StatusChanged _ -> 1;
      case TicketEvent.PriorityChanged _ -> 2;
      case TicketEvent.TeamChanged _ -> 3;
      case TicketEvent.AssigneeChanged _ -> 4;
      case TicketEvent.Snapshot _ -> 5;
      case TicketEvent.HandedOff _ -> 6;
      case TicketEvent.TimeLogged _ -> 7;
      case TicketEvent.Merged _ -> 8;
      case TicketEvent.Excluded _ -> 9;
      case TicketEvent.Restored _ -> 10;
      case TicketEvent.Escalated _ -> 11;
      case TicketEvent.SlaDeadline _ -> 12;
      case TicketEvent.SurveySent _ -> 13;
      case TicketEvent.Rated _ -> 14;
      case TicketEvent.Timed _ -> 15;
      case TicketEvent.SlaClockTurned _ -> CLOCK_TURNED;
      case TicketEvent.ServiceHoursSet _ -> HOURS_SET;
    };
  }

  private static final class Encoder {
    private final BlobWriter out;
    private long number;
    private long sequence;
    private long at;

    Encoder(BlobWriter out) {
      this.out = out;
    }

    void event(TicketEvent event) {
      header(event);
      switch (event) {
        case TicketEvent.Message message -> {
          int flags =
              (message.visible() ? VISIBLE : 0)
                  | (message.note() ? NOTE : 0)
                  | (message.sentiment().isPresent() ? JUDGED : 0)
                  | (message.thanks() ? THANKS : 0);
          out.octet(flags | Codes.ACTOR.of(message.author().actor()));
          out.string(message.author().id());
          message.sentiment().ifPresent(it -> out.signed(it.thousandths().orElse(NO_LANGUAGE)));
        }
        case TicketEvent.StatusChanged changed -> {
          out.octet(Codes.ACTOR.of(changed.by()));
          out.string(changed.from());
          out.string(changed.to());
        }
        case TicketEvent.PriorityChanged changed -> {
          out.string(changed.from());
          out.string(changed.to());
        }
        case TicketEvent.TeamChanged changed -> {
          out.string(changed.from());
          out.string(changed.to());
        }
        case TicketEvent.AssigneeChanged changed -> {
          out.string(changed.from());
          out.string(changed.to());
        }
        case TicketEvent.Snapshot snapshot -> {
          out.string(snapshot.status());
          out.string(snapshot.priority());
          out.string(snapshot.team());
          out.string(snapshot.assignee());
          out.integer(snapshot.reopens());
          out.integer(snapshot.reassignments());
        }
        case TicketEvent.HandedOff _, TicketEvent.Restored _ -> {}
        case TicketEvent.TimeLogged logged -> {
          out.signed(logged.spent().toMillis());
          out.string(logged.agent());
        }
        case TicketEvent.Merged merged -> out.string(merged.into());
        case TicketEvent.Excluded excluded -> out.octet(Codes.EXCLUSION.of(excluded.reason()));
        case TicketEvent.Escalated escalated -> out.octet(Codes.ESCALATION.of(escalated.reason()));
        case TicketEvent.SlaDeadline deadline -> {
          out.octet(Codes.SLA_METRIC.of(deadline.metric()));
          out.instant(deadline.dueAt(), at);
          out.duration(deadline.target());
        }
        case TicketEvent.SurveySent sent -> {
          out.octet(Codes.SURVEY.of(sent.survey()));
          out.string(sent.name());
        }
        case TicketEvent.Rated rated -> answer(rated.answer());
        case TicketEvent.Timed timed -> MeasuredCodec.encode(timed.measured(), out);
        case TicketEvent.SlaClockTurned turned -> {
          out.octet(Codes.SLA_METRIC.of(turned.metric()));
          out.string(turned.clock());
          turn(turned.turn());
        }
        case TicketEvent.ServiceHoursSet set -> out.string(set.hours().map(ServiceHours::text));
      }
    }

    private void turn(SlaTurn turn) {
      switch (turn) {
        case SlaTurn.Runs _ -> out.octet(RUNS);
        case SlaTurn.StandsStill _ -> out.octet(STANDS_STILL);
        case SlaTurn.Promises(Duration within, Optional<ServiceHours> hours) -> {
          out.octet(PROMISES);
          out.signed(within.toMillis());
          out.string(hours.map(ServiceHours::text));
        }
      }
    }

    private void answer(SurveyAnswer answer) {
      out.octet(Codes.SURVEY.of(answer.survey()));
      out.string(answer.name());
      out.octet(answer.score());
      out.octet(answer.scale().isPresent() ? 1 : 0);
      answer.scale().ifPresent(scale -> out.octet(Codes.SCALE.of(scale)));
    }

    private void header(TicketEvent event) {
      Stamp stamp = event.stamp();
      int digits = numberStart(stamp.key());
      boolean numbered = digits < stamp.key().length();
      long keyNumber = numbered ? Long.parseLong(stamp.key().substring(digits)) : 0;
      long millis = stamp.at().toEpochMilli();
      boolean isTime = stamp.sequence() == millis;
      boolean isNumber = !isTime && numbered && stamp.sequence() == keyNumber;
      out.octet(
          type(event)
              | (numbered ? NUMBERED : 0)
              | (isNumber ? SEQUENCE_IS_NUMBER : 0)
              | (isTime ? SEQUENCE_IS_TIME : 0));
      if (numbered) {
        out.string(stamp.key().substring(0, digits));
        out.signed(keyNumber - number);
        number = keyNumber;
      } else {
        out.literal(stamp.key());
      }
      out.signed(millis - at);
      at = millis;
      if (!isTime && !isNumber) {
        out.signed(stamp.sequence() - sequence);
      }
      sequence = stamp.sequence();
    }
  }

  private static final class Decoder {
    private final BlobReader in;
    private long number;
    private long sequence;
    private long at;

    Decoder(BlobReader in) {
      this.in = in;
    }

    TicketEvent event() {
      int header = in.octet();
      Stamp stamp = stamp(header);
      return switch (header & TYPE) {
        case 0 -> message(stamp);
        case 1 -> {
          Actor by = Codes.ACTOR.read(in);
          yield new TicketEvent.StatusChanged(stamp, in.optionalString(), in.string(), by);
        }
        case 2 -> new TicketEvent.PriorityChanged(stamp, in.optionalString(), in.optionalString());
        case 3 -> new TicketEvent.TeamChanged(stamp, in.optionalString(), in.optionalString());
        case 4 -> new TicketEvent.AssigneeChanged(stamp, in.optionalString(), in.optionalString());
        case 5 ->
            new TicketEvent.Snapshot(
                stamp,
                in.optionalString(),
                in.optionalString(),
                in.optionalString(),
                in.optionalString(),
                in.optionalInteger(),
                in.optionalInteger());
        case 6 -> new TicketEvent.HandedOff(stamp);
        case 7 ->
            new TicketEvent.TimeLogged(stamp, Duration.ofMillis(in.signed()), in.optionalString());
        case 8 -> new TicketEvent.Merged(stamp, in.string());
        case 9 -> {
          Exclusion reason = Codes.EXCLUSION.read(in);
          yield new TicketEvent.Excluded(stamp, reason);
        }
        case 10 -> new TicketEvent.Restored(stamp);
        case 11 -> {
          Escalation reason = Codes.ESCALATION.read(in);
          yield new TicketEvent.Escalated(stamp, reason);
        }
        case 12 -> {
          SlaMetric metric = Codes.SLA_METRIC.read(in);
          yield new TicketEvent.SlaDeadline(
              stamp, metric, in.optionalInstant(at), in.optionalDuration());
        }
        case 13 -> {
          Survey survey = Codes.SURVEY.read(in);
          yield new TicketEvent.SurveySent(stamp, survey, in.optionalString());
        }
        case 14 -> new TicketEvent.Rated(stamp, answer());
        case 15 -> new TicketEvent.Timed(stamp, MeasuredCodec.decode(in));
        case CLOCK_TURNED -> {
          SlaMetric metric = Codes.SLA_METRIC.read(in);
          yield new TicketEvent.SlaClockTurned(stamp, metric, in.string(), turn());
        }
        case HOURS_SET -> new TicketEvent.ServiceHoursSet(stamp, hours());
        default -> throw in.malformed("an event of type " + (header & TYPE));
      };
    }

    private SlaTurn turn() {
      int turn = in.octet();
      return switch (turn) {
        case RUNS -> new SlaTurn.Runs();
        case STANDS_STILL -> new SlaTurn.StandsStill();
        case PROMISES -> new SlaTurn.Promises(Duration.ofMillis(in.signed()), hours());
        default -> throw in.malformed("a turn of number " + turn);
      };
    }

    private Optional<ServiceHours> hours() {
      Optional<String> text = in.optionalString();
      try {
        return text.map(ServiceHours::parse);
      } catch (IllegalArgumentException e) {
        throw in.malformed("hours that are none");
      }
    }

    private SurveyAnswer answer() {
      Survey survey = Codes.SURVEY.read(in);
      Optional<String> name = in.optionalString();
      int score = in.octet();
      return new SurveyAnswer(
          survey, name, score, in.present() ? Optional.of(Codes.SCALE.read(in)) : Optional.empty());
    }

    private TicketEvent message(Stamp stamp) {
      int flags = in.octet();
      int code = flags & ACTOR;
      Actor actor = Codes.ACTOR.at(code, in);
      return new TicketEvent.Message(
          stamp,
          new Author(actor, in.optionalString()),
          (flags & VISIBLE) != 0,
          (flags & NOTE) != 0,
          (flags & JUDGED) != 0 ? Optional.of(sentiment(in.signed())) : Optional.empty(),
          (flags & THANKS) != 0);
    }

    private static Sentiment sentiment(long stored) {
      return stored == NO_LANGUAGE ? Sentiment.UNKNOWN : Sentiment.of(Math.toIntExact(stored));
    }

    private Stamp stamp(int header) {
      String key;
      if ((header & NUMBERED) != 0) {
        String prefix = in.string();
        number += in.signed();
        key = prefix + number;
      } else {
        key = in.literal();
      }
      at += in.signed();
      if ((header & SEQUENCE_IS_TIME) != 0) {
        sequence = at;
      } else if ((header & SEQUENCE_IS_NUMBER) != 0) {
        sequence = number;
      } else {
        sequence += in.signed();
      }
      return new Stamp(key, sequence, Instant.ofEpochMilli(at));
    }
  }

  /** Where the number begins that a key ends in; its length if it ends in none. */
  private static int numberStart(String key) {
    int end = key.length();
    int start = end;
    while (start > 0 && end - start < MOST_DIGITS && isDigit(key.charAt(start - 1))) {
      start--;
    }
    while (start < end - 1 && key.charAt(start) == '0') {
      start++;
    }
    return start;
  }

  private static boolean isDigit(char character) {
    return character >= '0' && character <= '9';
  }
}
