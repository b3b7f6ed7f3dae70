package io.helpdeskexporter.source.hubspot;

import io.helpdeskexporter.domain.Happening.Deal;
import io.helpdeskexporter.domain.Happening.Deal.Stage;
import io.helpdeskexporter.domain.Stamp;
import io.helpdeskexporter.source.SourceException;
import io.helpdeskexporter.source.api.BadItem;
import io.helpdeskexporter.source.api.Harvest;
import io.helpdeskexporter.source.api.Item;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Deals as offers to companies; one without a company is nobody's, and not told. */
record Deals(Crm crm, Teams teams, Set<String> types) {
  private static final String WON = "hs_is_closed_won";
  private static final String CLOSED = "hs_is_closed";
  private static final String CLOSED_AT = "closedate";
  private static final String TYPE = "dealtype";
  private static final String AMOUNT = "amount";
  private static final String HOME_AMOUNT = "amount_in_home_currency";
  private static final String TEAM = "hubspot_team_id";
  private static final List<String> PROPERTIES =
      List.of("createdate", Crm.MODIFIED, WON, CLOSED, CLOSED_AT, TYPE, AMOUNT, HOME_AMOUNT, TEAM);

  void read(List<String> ids, Instant now, Known known, Harvest harvest)
      throws SourceException, InterruptedException {
    List<Item> rows = crm.read(Crm.DEALS, ids, PROPERTIES, List.of());
    Map<String, String> companies = crm.associated(Crm.DEALS, Crm.COMPANIES, ids);
    Map<String, String> names = teams.names();
    harvest.each(
        "deal",
        "id",
        rows,
        row -> {
          String id = row.requiredKey("id");
          Values values = new Values(row);
          known.read(id, values.modified().toEpochMilli());
          Optional<String> company = Optional.ofNullable(companies.get(id));
          if (company.isPresent() && isWanted(values)) {
            Optional<String> team = values.text(TEAM).map(it -> names.getOrDefault(it, it));
            tell(id, values, company.get(), team, harvest);
          }
        });
  }

  private boolean isWanted(Values values) throws BadItem {
    return types.isEmpty()
        || values
            .text(TYPE)
            .filter(type -> types.stream().anyMatch(type::equalsIgnoreCase))
            .isPresent();
  }

  private static void tell(
      String id, Values values, String company, Optional<String> team, Harvest harvest)
      throws BadItem {
    Optional<BigDecimal> amount = values.decimal(HOME_AMOUNT);
    amount = amount.isPresent() ? amount : values.decimal(AMOUNT);
    long version = values.modified().toEpochMilli();
    harvest.happening(deal(id, Stage.OFFERED, version, values.created(), company, amount, team));
    Optional<Instant> closed = values.time(CLOSED_AT);
    boolean won = values.isTrue(WON);
    if (closed.isPresent() && (won || values.isTrue(CLOSED))) {
      Stage stage = won ? Stage.WON : Stage.DECLINED;
      harvest.happening(deal(id, stage, version, closed.get(), company, amount, team));
    }
  }

  private static Deal deal(
      String id,
      Stage stage,
      long version,
      Instant at,
      String company,
      Optional<BigDecimal> amount,
      Optional<String> team) {
    Stamp stamp = new Stamp(id + "/" + stage.name().toLowerCase(Locale.ROOT), version, at);
    return new Deal(stamp, company, stage, amount, team);
  }
}
