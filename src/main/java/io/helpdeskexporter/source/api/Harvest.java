package io.helpdeskexporter.source.api;

import io.helpdeskexporter.domain.Happening;
import io.helpdeskexporter.domain.Ticket;
import io.helpdeskexporter.domain.TicketEvent;
import io.helpdeskexporter.source.Change;
import io.helpdeskexporter.source.Cursor;
import io.helpdeskexporter.source.Page;
import io.helpdeskexporter.source.Rejected;
import io.helpdeskexporter.source.SourceException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** What the items of one page told. */
public final class Harvest {
  private final List<Change> changes = new ArrayList<>();
  private final List<Rejected> rejected = new ArrayList<>();
  private final Refusals refusals;

  public Harvest() {
    this(new Refusals());
  }

  /**
   * One of a source that reads some items again and again.
   *
   * @param refusals which of them need not be told again that they are bad
   */
  public Harvest(Refusals refusals) {
    this.refusals = refusals;
  }

  /** Takes an item in; what it told before it turned out to be bad stays. */
  @FunctionalInterface
  public interface Reader {
    void read(Item item) throws BadItem, SourceException, InterruptedException;
  }

  /**
   * Reads items one by one, and notes those that are bad.
   *
   * @param kind what the items are, such as {@code ticket}, for the operator
   * @param key the field that names an item
   */
  public void each(String kind, String key, List<Item> items, Reader reader)
      throws SourceException, InterruptedException {
    for (Item item : items) {
      try {
        reader.read(item);
      } catch (BadItem e) {
        reject(new Rejected(kind + " " + named(item, key), e.reason(), e.detail()));
      } catch (IllegalArgumentException e) {
        // A record that checks itself refused what the item says.
        reject(
            new Rejected(kind + " " + named(item, key), "bad_row", String.valueOf(e.getMessage())));
      }
    }
  }

  private static String named(Item item, String key) {
    try {
      return item.key(key).orElse("without " + key);
    } catch (BadItem e) {
      return "with a bad " + key;
    }
  }

  public void ticket(Ticket ticket) {
    changes.add(new Change.TicketSeen(ticket));
  }

  public void event(String ticketId, TicketEvent event) {
    changes.add(new Change.EventSeen(ticketId, event));
  }

  public void happening(Happening happening) {
    changes.add(new Change.HappeningSeen(happening));
  }

  public void reject(Rejected item) {
    if (refusals.isNew(item)) {
      rejected.add(item);
    }
  }

  /** A page after which there is more to fetch. */
  public Page more(Cursor next) {
    return new Page(changes, next, Optional.empty(), rejected, OptionalLong.empty());
  }

  /** A page after which there is more to fetch; about so many changes are still to come. */
  public Page more(Cursor next, long remaining) {
    return new Page(changes, next, Optional.empty(), rejected, OptionalLong.of(remaining));
  }

  /** The last page for now. */
  public Page last(Cursor next, Instant completeUntil) {
    return last(next, completeUntil, Map.of());
  }

  public Page last(Cursor next, Instant completeUntil, Map<String, Double> readings) {
    return new Page(
        changes, next, Optional.of(completeUntil), rejected, OptionalLong.of(0), readings);
  }
}
