package io.helpdeskexporter.domain;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Something that happened in support and is not part of a ticket. Each form is a stream of rows:
 * its name in lower case is the stream's name and its components are the columns, wherever rows
 * come from. A row that is told again under the same key with a greater sequence takes the place of
 * the one before, so that what changes its mind (a shift that is moved, an incident that ends) can
 * say so; what is dated and counted by then stays counted.
 */
public sealed interface Happening {
  /** Of money, in whatever currency; sums are exact up to about nine times that. */
  BigDecimal LARGEST_AMOUNT = new BigDecimal("1000000000000");

  /** The key is unique within the stream. */
  Stamp stamp();

  Subject subject();

  /** Whose tickets have to do with it: a requester's or an organisation's. */
  default Optional<String> party() {
    return Optional.empty();
  }

  /** Whether it is told before it happens. */
  default boolean isPlanned() {
    return false;
  }

  /** From when on it holds. */
  default Instant at() {
    return stamp().at();
  }

  /** Ever-growing sums take it. */
  private static void requireAmount(BigDecimal amount) {
    if (amount.signum() < 0 || amount.compareTo(LARGEST_AMOUNT) > 0) {
      throw new IllegalArgumentException("an amount of money is from 0 to " + LARGEST_AMOUNT);
    }
  }

  /** Of what stands for itself. */
  private static Subject single(Happening happening) {
    String stream = happening.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    return new Subject(Subject.Kind.SINGLE, stream + '/' + happening.stamp().key());
  }

  @Meaning("An agent became available, busy, away or offline.")
  record Presence(
      Stamp stamp,
      @Meaning("The agent's key; never exported.") String agent,
      @Meaning("The team that the agent works for at that time.") Optional<String> team,
      @Meaning("What the agent is from then on.") State state)
      implements Happening {
    @Override
    public Subject subject() {
      return new Subject(Subject.Kind.AGENT, agent);
    }

    /** How reachable an agent is. */
    public enum State {
      AVAILABLE,
      BUSY,
      AWAY,
      OFFLINE
    }
  }

  @Meaning("Working time that was planned for an agent, and is paid.")
  record Shift(
      Stamp stamp,
      @Meaning("The agent's key; never exported.") String agent,
      @Meaning("The team that the agent is to work for.") Optional<String> team,
      @Meaning("When it ends.") Instant until,
      @Meaning("Whether it was called off.") boolean cancelled)
      implements Happening {
    @Override
    public boolean isPlanned() {
      return true;
    }

    @Override
    public Subject subject() {
      return new Subject(Subject.Kind.AGENT, agent);
    }
  }

  @Meaning("Handling time that is not recorded on a ticket: a call, a chat, its wrap-up.")
  record Work(
      Stamp stamp,
      @Meaning("The agent's key; never exported.") String agent,
      @Meaning("The team that it was done for.") Optional<String> team,
      @Meaning("How long it took, in seconds.") Duration seconds)
      implements Happening {
    public Work {
      if (seconds.isNegative()) {
        throw new IllegalArgumentException("work of " + seconds.toSeconds() + " seconds");
      }
    }

    @Override
    public Subject subject() {
      return single(this);
    }
  }

  @Meaning("The quality of an agent's work on a ticket was reviewed.")
  record Review(
      Stamp stamp,
      @Meaning("The team whose work it was.") Optional<String> team,
      @Meaning("Whether a human judged or a machine.") Reviewer reviewer,
      @Meaning("The review's score from 0 to 1, where the categories are not told.")
          Optional<BigDecimal> score,
      @Meaning(
              "The scores by category, such as \"tone 4 of 1-5 x2, solution 0 of 0-1 critical,"
                  + " grammar n/a\": chosen, lowest and highest; x2 is a weight.")
          List<Category> categories)
      implements Happening {
    public Review {
      categories = List.copyOf(categories);
      if (score.isEmpty() == categories.isEmpty()) {
        throw new IllegalArgumentException("a review has a score or categories, and not both");
      }
      if (score.filter(it -> it.signum() < 0 || it.compareTo(BigDecimal.ONE) > 0).isPresent()) {
        throw new IllegalArgumentException("a review's score is from 0 to 1");
      }
    }

    @Override
    public Subject subject() {
      return single(this);
    }

    /** Who judged. */
    public enum Reviewer {
      HUMAN,
      AUTOMATIC
    }

    /**
     * One category of a review.
     *
     * @param chosen empty where it does not apply
     * @param critical whether failing here fails the whole review
     */
    public record Category(
        String name,
        Optional<BigDecimal> chosen,
        BigDecimal lowest,
        BigDecimal highest,
        BigDecimal weight,
        boolean critical) {
      private static final String NUMBER = "(\\d{1,9}(?:\\.\\d{1,6})?)";
      private static final Pattern TEXT =
          Pattern.compile(
              "(?<name>.{1,100}?) (?:n/a|%1$s of %1$s-%1$s)(?: x%1$s)?(?<critical> critical)?"
                  .formatted(NUMBER));

      public Category {
        if (highest.compareTo(lowest) <= 0) {
          throw new IllegalArgumentException("category " + name + ": the highest is the lowest");
        }
        if (weight.signum() <= 0) {
          throw new IllegalArgumentException("category " + name + ": a weight of " + weight);
        }
        if (chosen
            .filter(it -> it.compareTo(lowest) < 0 || it.compareTo(highest) > 0)
            .isPresent()) {
          throw new IllegalArgumentException(
              "category " + name + ": " + chosen.get() + " is not in " + lowest + "-" + highest);
        }
      }

      /**
       * A category from its text, such as {@code tone 4 of 1-5 x2}.
       *
       * @throws IllegalArgumentException if it is none
       */
      public static Category of(String text) {
        Matcher parts = TEXT.matcher(text.strip());
        if (!parts.matches()) {
          throw new IllegalArgumentException(
              "a category is written such as \"tone 4 of 1-5 x2\", \"solution 0 of 0-1 critical\""
                  + " or \"grammar n/a\"");
        }
        Optional<BigDecimal> chosen = Optional.ofNullable(parts.group(2)).map(BigDecimal::new);
        return new Category(
            parts.group("name"),
            chosen,
            chosen.isPresent() ? new BigDecimal(parts.group(3)) : BigDecimal.ZERO,
            chosen.isPresent() ? new BigDecimal(parts.group(4)) : BigDecimal.ONE,
            Optional.ofNullable(parts.group(5)).map(BigDecimal::new).orElse(BigDecimal.ONE),
            parts.group("critical") != null);
      }

      /** What {@link #of} reads. */
      public String text() {
        String scored =
            chosen.map(it -> it + " of " + lowest + "-" + highest).orElse("n/a") + " x" + weight;
        return name + " " + scored + (critical ? " critical" : "");
      }
    }
  }

  @Meaning(
      "A customer answered a survey that is about no ticket, such as a yearly one. What is about a"
          + " ticket comes with the ticket.")
  record Answer(
      Stamp stamp,
      @Meaning("What was asked.") Survey survey,
      @Meaning("The name of the survey, where there are several of a kind.") Optional<String> name,
      @Meaning("A whole number, or good and bad; for fcr yes or no.") String score,
      @Meaning(
              "The scale: 1-5, 0-5, binary, 1-3 or 1-4 for csat, 0-10 for nps, 1-7 or 1-5, of which"
                  + " 1 is the best, for ces, binary for fcr. The first of these if left out.")
          Optional<String> scale,
      @Meaning("The team whose work was judged.") Optional<String> team,
      @Meaning("Whether it was taken back: deleted, or disqualified.") boolean withdrawn)
      implements Happening {
    public Answer {
      Optional<Scale> on = scale.flatMap(Scale::named);
      if (on.isPresent() != scale.isPresent() || on.stream().anyMatch(it -> !isOf(survey, it))) {
        throw new IllegalArgumentException(
            "%s is answered on one of the scales %s"
                .formatted(survey.label(), SurveyAnswer.scales(survey)));
      }
      if (SurveyAnswer.read(survey, name, score, on).isEmpty()) {
        throw new IllegalArgumentException(
            "%s is answered with %s".formatted(survey.label(), SurveyAnswer.allowed(survey, on)));
      }
    }

    private static boolean isOf(Survey survey, Scale scale) {
      return survey.scales().contains(scale);
    }

    /** The answer with its score as a number. */
    public SurveyAnswer answer() {
      return SurveyAnswer.read(survey, name, score, scale.flatMap(Scale::named)).orElseThrow();
    }

    @Override
    public Subject subject() {
      return single(this);
    }
  }

  @Meaning("A customer joined, was lost, or now pays another amount.")
  record Customer(
      Stamp stamp,
      @Meaning("The customer's key, as tickets name the organisation or requester.")
          String customer,
      @Meaning("What became of the customer.") Change change,
      @Meaning("What the customer pays a month from then on; with a loss, paid until then.")
          Optional<BigDecimal> monthly)
      implements Happening {
    public Customer {
      monthly.ifPresent(Happening::requireAmount);
    }

    @Override
    public Subject subject() {
      return new Subject(Subject.Kind.CUSTOMER, customer);
    }

    @Override
    public Optional<String> party() {
      return Optional.of(customer);
    }

    /** What became of a customer. */
    public enum Change {
      JOINED,
      CHANGED,
      LOST
    }
  }

  @Meaning("An offer was made to a customer, or answered: a row for each step, with its own key.")
  record Deal(
      Stamp stamp,
      @Meaning("The customer's key, as tickets name the organisation or requester.")
          String customer,
      @Meaning("Which step it is.") Stage stage,
      @Meaning("What it is worth.") Optional<BigDecimal> amount,
      @Meaning("The team that made the offer.") Optional<String> team)
      implements Happening {
    public Deal {
      amount.ifPresent(Happening::requireAmount);
    }

    @Override
    public Subject subject() {
      return single(this);
    }

    @Override
    public Optional<String> party() {
      return Optional.of(customer);
    }

    /** How far an offer has come. */
    public enum Stage {
      OFFERED,
      ACCEPTED,
      DECLINED,
      WON
    }
  }

  @Meaning("What support costs over a time.")
  record Cost(
      Stamp stamp,
      @Meaning("Salaries, licences, facilities...") String category,
      @Meaning("When that time ends, at most 400 days later.") Instant until,
      @Meaning("How much all of that time costs.") BigDecimal amount)
      implements Happening {
    /** It is told hour by hour; a longer time is told in parts. */
    private static final Duration LONGEST = Duration.ofDays(400);

    public Cost {
      requireAmount(amount);
      if (!stamp.at().isBefore(until) || stamp.at().plus(LONGEST).isBefore(until)) {
        throw new IllegalArgumentException("until is after at, and at most 400 days later");
      }
    }

    @Override
    public boolean isPlanned() {
      return true;
    }

    @Override
    public Subject subject() {
      return single(this);
    }
  }

  @Meaning("Somebody used the knowledge base.")
  record Article(
      Stamp stamp,
      @Meaning("What was done.") Action action,
      @Meaning("The visitor's key; never exported.") Optional<String> visitor)
      implements Happening {
    @Override
    public Subject subject() {
      return single(this);
    }

    /** What a visitor of a knowledge base does. */
    public enum Action {
      VIEWED,
      SEARCHED,
      SEARCHED_WITHOUT_RESULT,
      VOTED_UP,
      VOTED_DOWN
    }
  }

  @Meaning("A talk with a bot went on.")
  record Conversation(
      Stamp stamp,
      @Meaning("The conversation's key.") String conversation,
      @Meaning("What happened in it.") Step step,
      @Meaning("The customer's key, as tickets name the requester.") Optional<String> requester)
      implements Happening {
    @Override
    public Subject subject() {
      return new Subject(Subject.Kind.CONVERSATION, conversation);
    }

    @Override
    public Optional<String> party() {
      return requester;
    }

    /** A step of a talk with a bot. */
    public enum Step {
      STARTED,
      /** The bot gave a real answer. */
      ANSWERED,
      /** The customer said that it helped. */
      CONFIRMED,
      /** The customer left. */
      LEFT,
      HANDED_OFF
    }
  }

  @Meaning("An automation ran.")
  record Automation(
      Stamp stamp,
      @Meaning("Which one.") String automation,
      @Meaning("Whether it failed.") boolean failed,
      @Meaning("When it was rolled back, or done again by a human.") Optional<Instant> undoneAt)
      implements Happening {
    @Override
    public Subject subject() {
      return single(this);
    }
  }

  @Meaning("A large disturbance: an outage.")
  record Incident(
      Stamp stamp,
      @Meaning("How bad it is.") String severity,
      @Meaning("When it ended; no value while it lasts.") Optional<Instant> endedAt)
      implements Happening {
    @Override
    public Subject subject() {
      return single(this);
    }
  }
}
