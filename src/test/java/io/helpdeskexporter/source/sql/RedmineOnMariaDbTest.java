package io.helpdeskexporter.source.sql;

class RedmineOnMariaDbTest extends RedmineStories {
  @Override
  RedmineDesk emptyDesk() {
    return RedmineDesk.onMariaDb();
  }
}
