package io.helpdeskexporter.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.helpdeskexporter.push.PushSettings;
import io.helpdeskexporter.source.file.FileSettings;
import io.helpdeskexporter.source.freshdesk.FreshdeskSettings;
import io.helpdeskexporter.source.hubspot.HubspotSettings;
import io.helpdeskexporter.source.salesforce.SalesforceSettings;
import io.helpdeskexporter.source.sql.SqlSettings;
import io.helpdeskexporter.source.surveymonkey.SurveyMonkeySettings;
import io.helpdeskexporter.source.typeform.TypeformSettings;
import io.helpdeskexporter.source.zendesk.ZendeskSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigReferenceTest {
  private static final Path PAGE = Path.of("docs", "configuration.md");

  /** After a change of a record: {@code mvn test -Dgolden.rewrite=true}, and read the diff. */
  @Test
  void theConfigurationReferenceIsCurrent() throws Exception {
    String page =
        ConfigReference.markdown(
            SourceKinds.of(
                Map.of(
                    "file",
                    FileSettings.class,
                    "freshdesk",
                    FreshdeskSettings.class,
                    "hubspot",
                    HubspotSettings.class,
                    "push",
                    PushSettings.class,
                    "salesforce",
                    SalesforceSettings.class,
                    "sql",
                    SqlSettings.class,
                    "surveymonkey",
                    SurveyMonkeySettings.class,
                    "typeform",
                    TypeformSettings.class,
                    "zendesk",
                    ZendeskSettings.class)));
    if (Boolean.getBoolean("golden.rewrite")) {
      Files.createDirectories(PAGE.getParent());
      Files.writeString(PAGE, page);
    }
    assertThat(Files.readString(PAGE)).isEqualTo(page);
  }

  @Test
  void theKeysOfAKindAreListedUnderIt() {
    assertThat(ConfigReference.markdown(Yaml.KINDS))
        .contains(
            """
            ## `sources[]` of `kind: file`

            Ticket logs in files.

            These keys stand beside those of all sources.

            | Key | Type | Default | Meaning |
            | --- | --- | --- | --- |
            | `tickets` | section | required | The tickets. |
            | `tickets.path` | path; a relative one starts at the directory of this file | required | The file. |
            | `tickets.format` | csv, jsonl | required | Its format. |
            """);
  }
}
