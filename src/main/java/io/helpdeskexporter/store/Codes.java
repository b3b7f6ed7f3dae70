package io.helpdeskexporter.store;

import io.helpdeskexporter.domain.Actor;
import io.helpdeskexporter.domain.Channel;
import io.helpdeskexporter.domain.Escalation;
import io.helpdeskexporter.domain.Exclusion;
import io.helpdeskexporter.domain.Figure;
import io.helpdeskexporter.domain.Measured;
import io.helpdeskexporter.domain.Priority;
import io.helpdeskexporter.domain.Scale;
import io.helpdeskexporter.domain.SlaMetric;
import io.helpdeskexporter.domain.Survey;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The numbers under which the constants of an enum are stored: positions in a list that is only
 * ever appended to, whatever becomes of the order in the enum.
 */
final class Codes<E extends Enum<E>> {
  static final Codes<Actor> ACTOR =
      new Codes<>(Actor.class, List.of(Actor.CUSTOMER, Actor.AGENT, Actor.BOT, Actor.SYSTEM));
  static final Codes<Channel> CHANNEL =
      new Codes<>(
          Channel.class,
          List.of(
              Channel.EMAIL,
              Channel.WEB,
              Channel.CHAT,
              Channel.PHONE,
              Channel.SOCIAL,
              Channel.API,
              Channel.MESSAGING,
              Channel.OUTBOUND,
              Channel.BOT,
              Channel.OTHER));
  static final Codes<Priority> PRIORITY =
      new Codes<>(
          Priority.class,
          List.of(
              Priority.URGENT,
              Priority.HIGH,
              Priority.NORMAL,
              Priority.LOW,
              Priority.NONE,
              Priority.OTHER));
  static final Codes<Exclusion> EXCLUSION =
      new Codes<>(
          Exclusion.class,
          List.of(Exclusion.SPAM, Exclusion.DELETED, Exclusion.TEST, Exclusion.INTERNAL));
  static final Codes<Escalation> ESCALATION =
      new Codes<>(Escalation.class, List.of(Escalation.FUNCTIONAL, Escalation.HIERARCHICAL));
  static final Codes<SlaMetric> SLA_METRIC =
      new Codes<>(
          SlaMetric.class,
          List.of(
              SlaMetric.FIRST_RESPONSE,
              SlaMetric.NEXT_RESPONSE,
              SlaMetric.RESOLUTION,
              SlaMetric.OTHER));
  static final Codes<Survey> SURVEY =
      new Codes<>(Survey.class, List.of(Survey.CSAT, Survey.NPS, Survey.CES, Survey.FCR));
  static final Codes<Scale> SCALE =
      new Codes<>(
          Scale.class,
          List.of(
              Scale.ONE_TO_FIVE,
              Scale.ZERO_TO_FIVE,
              Scale.GOOD_OR_BAD,
              Scale.ONE_TO_THREE,
              Scale.ONE_TO_FOUR,
              Scale.ZERO_TO_TEN,
              Scale.ONE_TO_SEVEN));

  static final Codes<Figure> FIGURE =
      new Codes<>(
          Figure.class,
          List.of(
              Figure.FIRST_RESPONSE,
              Figure.FIRST_RESOLUTION,
              Figure.FULL_RESOLUTION,
              Figure.REQUESTER_WAIT,
              Figure.AGENT_WAIT,
              Figure.ON_HOLD,
              Figure.REOPENS,
              Figure.AGENT_REPLIES));
  static final Codes<Measured.Hours> HOURS =
      new Codes<>(Measured.Hours.class, List.of(Measured.Hours.CALENDAR, Measured.Hours.BUSINESS));
  static final Codes<Measured.Grain> GRAIN =
      new Codes<>(Measured.Grain.class, List.of(Measured.Grain.SECOND, Measured.Grain.MINUTE));

  private final Class<E> type;
  private final List<E> constants;
  private final Map<E, Integer> codes;

  private Codes(Class<E> type, List<E> constants) {
    this.type = type;
    this.constants = constants;
    codes = new EnumMap<>(type);
    for (int code = 0; code < constants.size(); code++) {
      codes.put(constants.get(code), code);
    }
    for (E constant : type.getEnumConstants()) {
      if (!codes.containsKey(constant)) {
        throw new IllegalStateException(constant + " has no code; append it to the list");
      }
    }
  }

  int of(E constant) {
    return Objects.requireNonNull(codes.get(constant), "every constant has a code");
  }

  E read(BlobReader in) {
    return at(in.octet(), in);
  }

  /** The constant of a number that was read from {@code in}. */
  E at(int code, BlobReader in) {
    if (code >= constants.size()) {
      throw in.malformed("a " + type.getSimpleName() + " of number " + code);
    }
    return constants.get(code);
  }
}
