package io.helpdeskexporter.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What Grafana is to find when it starts. */
class ProvisioningTest {
  private static final Path FOLDER = Path.of("grafana", "provisioning");

  @Test
  void thePrometheusHasANameThatDoesNotChangeAndAnAddressFromTheEnvironment() throws IOException {
    Map<String, Object> source = only("datasources/prometheus.yml", "datasources");

    assertThat(source)
        .containsEntry("uid", "helpdesk-prometheus")
        .containsEntry("type", "prometheus")
        .containsEntry("access", "proxy")
        .containsEntry("url", "$PROMETHEUS_URL")
        .containsEntry("isDefault", false)
        .containsEntry("editable", false);
    assertThat(map(source.get("jsonData")))
        .containsEntry("httpMethod", "POST")
        .containsKeys("timeInterval", "manageAlerts");
  }

  @Test
  void theTicketsComeFromTheDataSourceThatDashboardsNameAsAReaderWithoutAnyOtherRight()
      throws IOException {
    Map<String, Object> source = only("datasources/postgresql.yml", "datasources");

    assertThat(source)
        .containsEntry("uid", Site.TICKETS)
        .containsEntry("type", "postgres")
        .containsEntry("user", "grafana_reader")
        .containsEntry("editable", false);
  }

  @Test
  void theDashboardsCannotBeLostOrChangedInGrafana() throws IOException {
    Map<String, Object> provider = only("dashboards/helpdesk.yml", "providers");

    assertThat(provider)
        .containsEntry("folder", "Helpdesk")
        .containsEntry("type", "file")
        .containsEntry("disableDeletion", true)
        .containsEntry("allowUiUpdates", false);
    assertThat(map(provider.get("options"))).containsKey("path");
  }

  private static Map<String, Object> only(String file, String list) throws IOException {
    Map<String, Object> all =
        map(
            new Load(LoadSettings.builder().build())
                .loadFromString(Files.readString(FOLDER.resolve(file))));
    assertThat(all).containsEntry("apiVersion", 1).containsOnlyKeys("apiVersion", list);
    return map(((List<?>) all.get(list)).getFirst());
  }

  @SuppressWarnings("unchecked") // keys of these files are text
  private static Map<String, Object> map(Object value) {
    return (Map<String, Object>) value;
  }
}
