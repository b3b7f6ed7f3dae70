package io.helpdeskexporter.source.sql;

class RedmineOnPostgresTest extends RedmineStories {
  @Override
  RedmineDesk emptyDesk() {
    return RedmineDesk.onPostgres();
  }
}
