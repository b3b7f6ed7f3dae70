package io.helpdeskexporter.source.hubspot;

import io.helpdeskexporter.domain.Happening;
import io.helpdeskexporter.domain.Happening.Customer;
import io.helpdeskexporter.domain.Happening.Customer.Change;
import io.helpdeskexporter.domain.Stamp;
import io.helpdeskexporter.source.SourceException;
import io.helpdeskexporter.source.api.BadItem;
import io.helpdeskexporter.source.api.Harvest;
import io.helpdeskexporter.source.api.Item;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Companies as customers: they join when their lifecycle stage becomes that of a customer, and are
 * lost when it becomes another, or on the day that a property tells.
 */
record Customers(Crm crm, HubspotSettings settings) {
  private static final String LIFECYCLE = "lifecyclestage";
  private static final String JOINED = "hs_lifecyclestage_customer_date";

  /** An evangelist is a customer still. */
  private static final Set<String> CUSTOMERS = Set.of("customer", "evangelist");

  void read(List<String> ids, Instant now, Known known, Harvest harvest)
      throws SourceException, InterruptedException {
    List<String> properties =
        new ArrayList<>(List.of("createdate", Crm.MODIFIED, LIFECYCLE, JOINED));
    List<String> history = new ArrayList<>(List.of(LIFECYCLE));
    settings.monthlyProperty().ifPresent(properties::add);
    settings.monthlyProperty().ifPresent(history::add);
    settings.lostProperty().ifPresent(properties::add);
    harvest.each(
        "company",
        "id",
        crm.read(Crm.COMPANIES, ids, properties, history),
        row -> {
          known.read(row.requiredKey("id"), new Values(row).modified().toEpochMilli());
          tell(row, now).forEach(harvest::happening);
        });
  }

  private List<Happening> tell(Item row, Instant now) throws BadItem {
    String id = row.requiredKey("id");
    Values values = new Values(row);
    List<Amount> amounts = amounts(row, values);
    List<Happening> told = new ArrayList<>();
    boolean is = false;
    Optional<Instant> joinedAt = Optional.empty();
    for (History.Entry entry : History.of(row, LIFECYCLE, values.created())) {
      boolean becomes = entry.value().filter(Customers::isCustomer).isPresent();
      if (becomes && !is) {
        // With what is forgotten of a long history, the time of joining is told apart.
        Instant at = entry.before().isPresent() ? entry.at() : earlier(values, entry.at());
        joinedAt = Optional.of(joinedAt.orElse(at));
        told.add(customer(id, Change.JOINED, at, amounts));
      } else if (is && !becomes) {
        told.add(customer(id, Change.LOST, entry.at(), amounts));
      }
      is = becomes;
    }
    if (joinedAt.isEmpty()) {
      joinedAt = values.time(JOINED);
      joinedAt.ifPresent(at -> told.add(customer(id, Change.JOINED, at, amounts)));
      is = joinedAt.isPresent();
    }
    if (joinedAt.isEmpty()) {
      return List.of();
    }
    Optional<Instant> lost = lostAt(values).filter(at -> !at.isAfter(now));
    if (is && lost.isPresent()) {
      told.add(customer(id, Change.LOST, lost.get(), amounts));
    }
    for (Amount amount : amounts) {
      if (amount.at().isAfter(joinedAt.get()) && lost.filter(amount.at()::isAfter).isEmpty()) {
        told.add(customer(id, Change.CHANGED, amount.at(), amounts));
      }
    }
    return told;
  }

  private static Instant earlier(Values values, Instant known) throws BadItem {
    return values.time(JOINED).filter(known::isAfter).orElse(known);
  }

  private Optional<Instant> lostAt(Values values) throws BadItem {
    return settings.lostProperty().isPresent()
        ? values.time(settings.lostProperty().get())
        : Optional.empty();
  }

  private static boolean isCustomer(String stage) {
    return CUSTOMERS.contains(stage.toLowerCase(Locale.ROOT));
  }

  private static Customer customer(String id, Change change, Instant at, List<Amount> amounts) {
    String key = id + "/" + change.name().toLowerCase(Locale.ROOT) + "/" + at.toEpochMilli();
    return new Customer(Stamp.of(key, at), id, change, monthly(amounts, at));
  }

  // ---- what is paid

  /** What is paid a month from an instant on; empty where the property was cleared. */
  private record Amount(Instant at, Optional<BigDecimal> monthly) {}

  private List<Amount> amounts(Item row, Values values) throws BadItem {
    if (settings.monthlyProperty().isEmpty()) {
      return List.of();
    }
    List<Amount> amounts = new ArrayList<>();
    for (History.Entry entry :
        History.of(row, settings.monthlyProperty().get(), values.created())) {
      amounts.add(new Amount(entry.at(), amount(entry.value())));
    }
    return amounts;
  }

  private static Optional<BigDecimal> amount(Optional<String> text) throws BadItem {
    try {
      return text.map(BigDecimal::new);
    } catch (NumberFormatException e) {
      throw new BadItem("bad_number", "monthly_property: expected a number");
    }
  }

  /** The one that held at an instant; before the first is known, the first. */
  private static Optional<BigDecimal> monthly(List<Amount> amounts, Instant at) {
    Optional<BigDecimal> monthly =
        amounts.isEmpty() ? Optional.empty() : amounts.getFirst().monthly();
    for (Amount amount : amounts) {
      if (!amount.at().isAfter(at)) {
        monthly = amount.monthly();
      }
    }
    return monthly;
  }
}
