package io.helpdeskexporter.source.sql;

import io.helpdeskexporter.source.SourceException;
import java.sql.SQLException;

/**
 * What databases' errors mean. Decided by SQL state and, where MariaDB and MySQL share one state
 * between many errors, by their error number; never by what a message says.
 */
final class SqlErrors {
  private SqlErrors() {}

  /** Who has to act, and what to do. */
  private sealed interface Verdict {
    record Later(String what) implements Verdict {}

    record Operator(String what) implements Verdict {}

    record Wrong(String what) implements Verdict {}
  }

  static SourceException postgresql(SQLException error, String place) {
    String state = state(error);
    Verdict verdict =
        switch (state) {
          case "28P01", "28000" ->
              new Verdict.Operator(
                  "the login was refused; check user, password and pg_hba.conf on the server");
          case "3D000" -> new Verdict.Operator("there is no such database; check the end of url");
          case "42P01" ->
              new Verdict.Operator(
                  "a table or view is missing; is it this database, and is its schema in the"
                      + " user's search_path?");
          case "42703" -> new Verdict.Operator("a column is missing; is it a supported version?");
          case "42501" -> new Verdict.Operator("a right is missing; grant SELECT on what is named");
          case "25006" ->
              new Verdict.Operator("a statement tried to write; statements may only read");
          case "57014" ->
              new Verdict.Later(
                  "a statement took longer than statement_timeout and was stopped; an index may be"
                      + " missing, or the server busy");
          default -> byClass(state);
        };
    return told(verdict, error, place);
  }

  static SourceException mariaDb(SQLException error, String place) {
    Verdict verdict =
        switch (error.getErrorCode()) {
          case 1045, 1698, 4151 ->
              new Verdict.Operator("the login was refused; check user and password");
          case 1044, 1142, 1143, 1227, 1370 ->
              new Verdict.Operator("a right is missing; grant SELECT on what is named");
          case 1049 -> new Verdict.Operator("there is no such database; check the end of url");
          case 1146 -> new Verdict.Operator("a table or view is missing; is it this database?");
          case 1054 -> new Verdict.Operator("a column is missing; is it a supported version?");
          case 1356 ->
              new Verdict.Operator(
                  "a view reads something that is missing or that its definer may not read");
          case 1792 -> new Verdict.Operator("a statement tried to write; statements may only read");
          case 1969, 3024, 1317 ->
              new Verdict.Later(
                  "a statement took longer than statement_timeout and was stopped; an index may be"
                      + " missing, or the server busy");
          case 1040, 1203, 1226, 1205, 1213 -> new Verdict.Later("the server is busy");
          default -> byClass(state(error));
        };
    return told(verdict, error, place);
  }

  /** By the first two characters, which are standardised. */
  private static Verdict byClass(String state) {
    return switch (state.substring(0, 2)) {
      case "08", "57" -> new Verdict.Later("the server cannot be reached");
      case "53" -> new Verdict.Later("the server is out of connections, memory or disk");
      case "40", "55" -> new Verdict.Later("the server is busy");
      case "58", "XX" -> new Verdict.Later("the server has trouble of its own");
      case "28" -> new Verdict.Operator("the login was refused; check user and password");
      case "42", "0A", "3F" -> new Verdict.Operator("a statement does not fit this database");
      default -> new Verdict.Wrong("the database answered with an error");
    };
  }

  private static SourceException told(Verdict verdict, SQLException error, String place) {
    String at = " [SQL state %s, error %d]".formatted(state(error), error.getErrorCode());
    return switch (verdict) {
      case Verdict.Later(String what) ->
          new SourceException.Unavailable(place + ": " + what + at, withoutValues(error));
      case Verdict.Operator(String what) ->
          new SourceException.Misconfigured(
              place + ": " + what + detail(error) + at, withoutValues(error));
      case Verdict.Wrong(String what) ->
          new SourceException.Nonsense(place + ": " + what + at, withoutValues(error));
    };
  }

  /**
   * What the server says about tables, columns and rights; errors about values are not passed on,
   * because they quote them.
   */
  private static String detail(SQLException error) {
    String message = String.valueOf(error.getMessage());
    return isAboutValues(error) ? "" : " (" + message.lines().findFirst().orElse("") + ")";
  }

  private static boolean isAboutValues(SQLException error) {
    return state(error).startsWith("22") || state(error).startsWith("23");
  }

  private static Throwable withoutValues(SQLException error) {
    if (!isAboutValues(error)) {
      return error;
    }
    SQLException bare =
        new SQLException("the database's words are left out", state(error), error.getErrorCode());
    bare.setStackTrace(error.getStackTrace());
    return bare;
  }

  /** A connection that breaks off has no state to tell. */
  private static String state(SQLException error) {
    String state = error.getSQLState();
    return state == null || state.length() < 2 ? "08000" : state;
  }
}
