package io.helpdeskexporter.facts;

import io.helpdeskexporter.domain.Happening.Conversation;
import io.helpdeskexporter.domain.Happening.Conversation.Step;
import io.helpdeskexporter.facts.BotTalk.Resolved;
import io.helpdeskexporter.facts.Definitions.Deflection;
import io.helpdeskexporter.facts.SubjectFacts.ConversationFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes talks of the steps of a conversation. A talk is over when so much time has passed since its
 * last step that its verdict is known; what follows under the same key, as messengers have it, is
 * another talk.
 */
final class BotTalks {
  private final Deflection mode;
  private final Duration overAfter;
  private final List<Contact> contacts;
  private final Instant asOf;

  /** Before it nobody could know whose tickets to look at. */
  private Optional<Instant> customerKnownFrom = Optional.empty();

  BotTalks(Deflection mode, List<Contact> contacts, Instant asOf) {
    this.mode = mode;
    this.overAfter = BotTalk.overAfter(mode);
    this.contacts = contacts;
    this.asOf = asOf;
  }

  /**
   * @param steps up to the instant, oldest first; not empty
   * @param next when the next thing that is told already will happen
   */
  ConversationFacts facts(List<Conversation> steps, Optional<Instant> next) {
    customerKnownFrom =
        steps.stream().filter(it -> it.requester().isPresent()).map(Conversation::at).findFirst();
    List<List<Conversation>> all = talks(steps);
    Optional<Instant> changesAt =
        verdictDue(all.getLast())
            .filter(due -> next.filter(at -> at.isBefore(due)).isEmpty())
            .or(() -> next);
    return new ConversationFacts(
        asOf, all.stream().flatMap(it -> talk(it).stream()).toList(), changesAt);
  }

  private List<List<Conversation>> talks(List<Conversation> steps) {
    List<List<Conversation>> all = new ArrayList<>();
    for (Conversation step : steps) {
      if (all.isEmpty() || !step.at().isBefore(over(all.getLast()))) {
        all.add(new ArrayList<>());
      }
      all.getLast().add(step);
    }
    return all;
  }

  private Instant over(List<Conversation> talk) {
    return talk.getLast().at().plus(overAfter);
  }

  /** When time alone will bring a verdict. */
  private Optional<Instant> verdictDue(List<Conversation> talk) {
    boolean open =
        talk(talk).filter(it -> it.handedOff().isEmpty() && it.resolved().isEmpty()).isPresent();
    return open ? Optional.of(over(talk)).filter(asOf::isBefore) : Optional.empty();
  }

  /** Empty without a real answer. */
  private Optional<BotTalk> talk(List<Conversation> steps) {
    return first(steps, Step.ANSWERED)
        .map(
            began -> {
              Optional<Instant> handedOff =
                  first(steps, Step.HANDED_OFF).map(at -> later(began, at));
              return new BotTalk(began, handedOff, resolved(steps, began, handedOff));
            });
  }

  private Optional<Resolved> resolved(
      List<Conversation> steps, Instant began, Optional<Instant> handedOff) {
    Optional<Instant> confirmed = first(steps, Step.CONFIRMED).map(at -> later(began, at));
    if (mode == Deflection.RESOLUTION && confirmed.isPresent()) {
      return confirmed
          .filter(at -> handedOff.filter(it -> it.isBefore(at)).isEmpty())
          .map(at -> new Resolved(at, true));
    }
    Instant over = over(steps);
    boolean resolved =
        handedOff.isEmpty()
            && !over.isAfter(asOf)
            && !BotTalk.cameAnyway(mode, contacts(steps.getLast().at()), began, over);
    return resolved ? Optional.of(new Resolved(over, confirmed.isPresent())) : Optional.empty();
  }

  private List<Contact> contacts(Instant known) {
    return customerKnownFrom.filter(from -> !from.isAfter(known)).isPresent()
        ? contacts
        : List.of();
  }

  private static Optional<Instant> first(List<Conversation> steps, Step kind) {
    return steps.stream().filter(it -> it.step() == kind).map(Conversation::at).findFirst();
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
