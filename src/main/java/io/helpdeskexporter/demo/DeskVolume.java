package io.helpdeskexporter.demo;

import io.helpdeskexporter.domain.Actor;
import io.helpdeskexporter.domain.Author;
import io.helpdeskexporter.domain.Stamp;
import io.helpdeskexporter.domain.Ticket;
import io.helpdeskexporter.domain.TicketEvent;
import io.helpdeskexporter.source.Change;
import io.helpdeskexporter.source.Cursor;
import io.helpdeskexporter.source.Page;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.PriorityQueue;

/**
 * Any number of tickets, about six events each, as a source would give them: pages of changes in
 * the order of their times, the last one complete until the end of the period. Always the same for
 * a seed. Memory holds the tickets that are under way, not those that are over, so a million over a
 * year take no more than ten thousand over some days.
 *
 * <p>All words are canonical. Tickets are seen when they are opened and again whenever their status
 * changes. What would happen after the end of the period does not.
 *
 * @param tickets how many are opened, evenly spread over the period but for its last day, where it
 *     is longer than two
 * @param pageSize changes in a page; the last may have fewer
 */
public record DeskVolume(long seed, long tickets, Instant from, Instant until, int pageSize)
    implements Iterable<Page> {
  public static final int PAGE_SIZE = 10_000;

  private static final int LIFE = 21;
  private static final int CUSTOMERS_PER_MILLION = 200_000;
  private static final List<String> CHANNELS = List.of("email", "email", "web", "phone", "chat");
  private static final List<String> PRIORITIES = List.of("urgent", "high", "normal", "low");
  private static final List<String> TOPICS = List.of("login", "invoice", "delivery", "how_to");

  public DeskVolume {
    if (tickets < 1 || pageSize < 1 || !from.isBefore(until)) {
      throw new IllegalArgumentException(
          "%d tickets from %s until %s in pages of %d: allowed are at least one of each"
              .formatted(tickets, from, until, pageSize));
    }
  }

  public static DeskVolume of(long seed, long tickets, Instant from, Instant until) {
    return new DeskVolume(seed, tickets, from, until, PAGE_SIZE);
  }

  /** A fresh walk through all pages. */
  @Override
  public Iterator<Page> iterator() {
    return new Pages();
  }

  private final class Pages implements Iterator<Page> {
    private final PriorityQueue<Life> underWay =
        new PriorityQueue<>((a, b) -> Long.compare(a.due(), b.due()));
    private final long end = until.toEpochMilli();
    private long opened;
    private long pages;
    private boolean done;

    @Override
    public boolean hasNext() {
      return !done;
    }

    @Override
    public Page next() {
      if (done) {
        throw new NoSuchElementException();
      }
      List<Change> changes = new ArrayList<>(pageSize + 1);
      while (changes.size() < pageSize) {
        Life life = underWay.peek();
        if (opened < tickets && (life == null || createdAt(opened + 1) <= life.due())) {
          Life fresh = new Life(++opened);
          changes.add(fresh.seen());
          underWay.add(fresh);
        } else if (life == null || life.due() > end) {
          done = true;
          break;
        } else {
          underWay.poll();
          life.tell(changes);
          if (!life.over()) {
            underWay.add(life);
          }
        }
      }
      Cursor next = new Cursor("volume:" + ++pages);
      return done
          ? Page.last(changes, next, until)
          : new Page(changes, next, Optional.empty(), List.of(), OptionalLong.empty());
    }
  }

  private long createdAt(long number) {
    long start = from.toEpochMilli();
    long span = until.toEpochMilli() - start;
    long day = Duration.ofDays(1).toMillis();
    long opening = span > 2 * day ? span - day : span - 1;
    return start + (long) ((double) opening * (number - 1) / tickets);
  }

  /** One ticket: some steps, each at its time. */
  private final class Life {
    private enum Step {
      ASSIGNED,
      REPLIED,
      PENDING,
      ANSWERED,
      ESCALATED,
      REPLIED_AGAIN,
      WORKED,
      SOLVED,
      REOPENED,
      SOLVED_AGAIN,
      CLOSED
    }

    private final Luck luck;
    private final String id;
    private final long createdAt;
    private final int customer;
    private final String channel;
    private final String priority;
    private final String topic;
    private final Author agent;
    private final String agentId;
    private String team;
    private String status = "new";
    private Optional<String> assignee = Optional.empty();
    private Step step = Step.ASSIGNED;
    private long due;
    private long last;
    private boolean over;

    Life(long number) {
      luck = Luck.of(seed, number, LIFE);
      id = Long.toString(number);
      createdAt = DeskVolume.this.createdAt(number);
      last = createdAt;
      customer = luck.between(0, CUSTOMERS_PER_MILLION);
      channel = luck.oneOf(CHANNELS);
      priority = PRIORITIES.get(luck.weighted(5, 20, 60, 15));
      topic = luck.oneOf(TOPICS);
      team = Team.values()[luck.weighted(60, 20, 20)].title();
      agentId = Words.login(luck.between(1, 29));
      agent = Author.agent(agentId);
      due = createdAt + luck.wait(600, 0.8);
    }

    long due() {
      return due;
    }

    boolean over() {
      return over;
    }

    Change seen() {
      return new Change.TicketSeen(
          Ticket.ticket(id, Instant.ofEpochMilli(createdAt))
              .version(last)
              .updatedAt(Instant.ofEpochMilli(last))
              .status(status)
              .priority(priority)
              .team(team)
              .assignee(assignee)
              .channel(channel)
              .requester("c" + customer)
              .topics(List.of(topic))
              .build());
    }

    /** Takes the step that is due, and sets the next. */
    void tell(List<Change> changes) {
      last = due;
      switch (step) {
        case ASSIGNED -> {
          add(
              changes,
              new TicketEvent.AssigneeChanged(stamp("a"), Optional.empty(), Optional.of(agentId)));
          assignee = Optional.of(agentId);
          then(Step.REPLIED, 900, 0.9);
        }
        case REPLIED -> {
          message(changes, agent);
          then(luck.happens(0.55) ? Step.WORKED : Step.PENDING, 5, 0.5);
        }
        case PENDING -> {
          status(changes, "pending", Actor.AGENT);
          then(Step.ANSWERED, 4 * 3600, 1.0);
        }
        case ANSWERED -> {
          message(changes, Author.CUSTOMER);
          then(luck.happens(0.2) ? Step.ESCALATED : Step.REPLIED_AGAIN, 3600, 0.9);
        }
        case ESCALATED -> {
          String to = Team.TECHNICAL_SUPPORT.title();
          add(changes, new TicketEvent.TeamChanged(stamp("e"), Optional.of(team), Optional.of(to)));
          team = to;
          then(Step.REPLIED_AGAIN, 7200, 0.9);
        }
        case REPLIED_AGAIN -> {
          message(changes, agent);
          then(Step.WORKED, 5, 0.5);
        }
        case WORKED -> {
          add(
              changes,
              new TicketEvent.TimeLogged(
                  stamp("w"), Duration.ofMillis(luck.wait(480, 0.7)), Optional.of(agentId)));
          then(Step.SOLVED, 60, 1.0);
        }
        case SOLVED -> {
          status(changes, "solved", Actor.AGENT);
          then(luck.happens(0.06) ? Step.REOPENED : Step.CLOSED, 2 * 86_400, 0.3);
        }
        case REOPENED -> {
          status(changes, "open", Actor.CUSTOMER);
          then(Step.SOLVED_AGAIN, 7200, 0.8);
        }
        case SOLVED_AGAIN -> {
          status(changes, "solved", Actor.AGENT);
          then(Step.CLOSED, 2 * 86_400, 0.3);
        }
        case CLOSED -> {
          status(changes, "closed", Actor.SYSTEM);
          over = true;
        }
      }
    }

    private void then(Step next, double medianSeconds, double spread) {
      step = next;
      due = last + luck.wait(medianSeconds, spread);
    }

    private void message(List<Change> changes, Author author) {
      add(changes, new TicketEvent.Message(stamp("m"), author, true, false));
    }

    private void status(List<Change> changes, String to, Actor by) {
      add(changes, new TicketEvent.StatusChanged(stamp("s"), Optional.of(status), to, by));
      status = to;
      changes.add(seen());
    }

    private void add(List<Change> changes, TicketEvent event) {
      changes.add(new Change.EventSeen(id, event));
    }

    /** Steps are at least a millisecond apart, so the time makes the key. */
    private Stamp stamp(String kind) {
      return Stamp.of(kind + (last - createdAt), Instant.ofEpochMilli(last));
    }
  }
}
