package io.helpdeskexporter.cli;

import io.helpdeskexporter.config.SourceKinds;
import io.helpdeskexporter.push.PushKind;
import io.helpdeskexporter.source.SourceKind;
import io.helpdeskexporter.source.file.FileKind;
import io.helpdeskexporter.source.freshdesk.FreshdeskKind;
import io.helpdeskexporter.source.hubspot.HubspotKind;
import io.helpdeskexporter.source.salesforce.SalesforceKind;
import io.helpdeskexporter.source.sql.SqlKind;
import io.helpdeskexporter.source.surveymonkey.SurveyMonkeyKind;
import io.helpdeskexporter.source.typeform.TypeformKind;
import io.helpdeskexporter.source.zendesk.ZendeskKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The kinds of systems that can be read. A new one is a package and a line here. */
final class Kinds {
  static final List<SourceKind<?>> ALL =
      List.of(
          new SqlKind(),
          new FileKind(),
          new PushKind(),
          new SurveyMonkeyKind(),
          new TypeformKind(),
          new ZendeskKind(),
          new FreshdeskKind(),
          new HubspotKind(),
          new SalesforceKind());

  private Kinds() {}

  /** For the configuration: what keys each kind has. */
  static SourceKinds settings() {
    Map<String, Class<? extends Record>> settings =
        ALL.stream().collect(Collectors.toMap(SourceKind::name, SourceKind::settings));
    return SourceKinds.of(settings);
  }

  static Optional<SourceKind<?>> named(String name) {
    return ALL.stream()
        .<SourceKind<?>>map(Function.identity())
        .filter(kind -> kind.name().equals(name))
        .findFirst();
  }
}
