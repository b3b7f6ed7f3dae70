package io.helpdeskexporter.kpi;

import static org.assertj.core.api.Assertions.assertThat;

import io.helpdeskexporter.facts.Definitions;
import io.helpdeskexporter.fixtures.Promtool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReferenceTest {
  private static final Path PAGE = Path.of("docs", "kpis.md");
  private static final Catalogue CATALOGUE = Catalogue.of(Definitions.DEFAULT);

  @TempDir private Path folder;

  /** After a change of a KPI: {@code mvn test -Dgolden.rewrite=true}, and read the diff. */
  @Test
  void theKpiReferenceIsCurrent() throws Exception {
    String page = Reference.markdown(CATALOGUE);
    if (Boolean.getBoolean("golden.rewrite")) {
      Files.writeString(PAGE, page);
    }
    assertThat(Files.readString(PAGE)).isEqualTo(page);
  }

  @Test
  void everyKpiIsExplained() {
    assertThat(CATALOGUE.kpis())
        .allSatisfy(
            kpi -> {
              Kpi.Spec spec = kpi.spec();
              assertThat(spec.id()).matches("[a-z][a-z0-9_]*");
              assertThat(
                      List.of(
                          spec.title(),
                          spec.unit(),
                          spec.definition(),
                          spec.formula(),
                          spec.query()))
                  .as(spec.id())
                  .noneMatch(String::isBlank);
              assertThat(kpi.families()).as(spec.id()).isNotEmpty();
            });
  }

  @Test
  void everyExampleQueryAsksForAFamilyOfItsKpi() {
    assertThat(CATALOGUE.kpis())
        .allSatisfy(
            kpi ->
                assertThat(kpi.families())
                    .as(kpi.spec().id())
                    .anyMatch(family -> kpi.spec().query().contains(family.name())));
  }

  @Test
  void everyExampleQueryIsOne() throws Exception {
    StringBuilder rules = new StringBuilder("groups:\n- name: examples\n  rules:\n");
    for (Kpi kpi : CATALOGUE.kpis()) {
      List<String> queries = new ArrayList<>(List.of(kpi.spec().query()));
      kpi.spec().more().forEach(example -> queries.add(example.query()));
      for (int i = 0; i < queries.size(); i++) {
        rules
            .append("  - record: example:%s:%d\n".formatted(kpi.spec().id(), i))
            .append("    expr: '%s'\n".formatted(queries.get(i).replace("'", "''")));
      }
    }

    assertThat(Promtool.rulesCheck(Files.writeString(folder.resolve("rules.yml"), rules)))
        .isEmpty();
  }

  @Test
  void namesFollowTheConventions() {
    assertThat(CATALOGUE.families()).extracting(Family::name).doesNotHaveDuplicates();
    assertThat(CATALOGUE.families())
        .allSatisfy(
            family -> {
              assertThat(family.name()).matches("helpdesk_[a-z0-9_]+[a-z0-9]");
              boolean counts =
                  family instanceof Family.Ever && !(family instanceof Family.Histogram);
              assertThat(family.name().endsWith("_total")).as(family.name()).isEqualTo(counts);
              assertThat(family.name()).doesNotContainPattern("_(bucket|sum|count)$");
              assertThat(family.name().endsWith("_info") && !(family instanceof Family.Judged))
                  .as(family.name() + " has labels that tell more than its name")
                  .isFalse();
              assertThat(family.help()).endsWith(", cached, refreshed every poll.");
            });
  }
}
