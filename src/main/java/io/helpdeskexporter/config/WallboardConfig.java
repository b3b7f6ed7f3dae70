package io.helpdeskexporter.config;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The page for a screen on a wall. What it says of others is checked with them. */
public record WallboardConfig(
    @Doc(
            "What opens /wallboard, at least 16 characters; best from a file:"
                + " ${file:/run/secrets/wallboard-token}.")
        Secret token,
    @Doc("What is shown, one after the other. Left out: one board for each source.") @Default("[]")
        List<BoardConfig> boards,
    @Doc("How long each board is shown.") @Default("20s") @Min("5s") Duration rotateEvery,
    @Doc("Its colours; auto takes those that the screen's system asks for.") @Default("auto")
        Theme theme) {
  private static final int SHORTEST = 16;

  public WallboardConfig {
    boards = List.copyOf(boards);
    if (token.reveal().length() < SHORTEST) {
      throw new IllegalArgumentException(
          "token: found one of %d characters; allowed: at least %d"
              .formatted(token.reveal().length(), SHORTEST));
    }
  }

  /** Light on dark, or dark on light. */
  public enum Theme {
    AUTO,
    DARK,
    LIGHT
  }

  /** What is on the screen at a time. */
  public record BoardConfig(
      @Doc("A name of your own; /wallboard#NAME shows this board alone.")
          @Matching(value = Config.NAME, allowed = Config.NAME_IN_WORDS)
          String name,
      @Doc("What stands above it. Left out: the name.") Optional<String> title,
      @Doc("What is measured, the most important first: it is shown largest.") @Default("[]")
          List<TileConfig> tiles,
      @Doc(
              "How many of the tickets that are about to breach are listed, with the time they have"
                  + " left; 0 lists none.")
          @Default("0")
          @Min("0")
          @Max("20")
          int ticketsAboutToBreach,
      @Doc("The team whose tickets are listed. Left out: all of them.")
          Optional<String> ticketsOfTeam,
      @Doc("Panels of Grafana, below everything else; see wallboard.md.") @Default("[]")
          List<FrameConfig> grafana) {
    public BoardConfig {
      tiles = List.copyOf(tiles);
      grafana = List.copyOf(grafana);
      if (tiles.isEmpty() && ticketsAboutToBreach == 0 && grafana.isEmpty()) {
        throw new IllegalArgumentException(
            "found neither tiles, tickets_about_to_breach nor grafana; allowed: one of them, or"
                + " several");
      }
    }
  }

  /** One number. */
  public record TileConfig(
      @Doc("The indicator, by its id; the [KPIs](kpis.md#indicators) list them.") String kpi,
      @Doc("The source it is measured in. May be left out where there is only one.")
          Optional<String> source,
      @Doc("The team it is measured for, as the metrics show it. Left out: the whole source.")
          Optional<String> team,
      @Doc("The period it is measured over, one of reporting.windows.") @Default(WINDOW)
          Window window,
      @Doc("What it is called. Left out: the name of the indicator.") Optional<String> label,
      @Doc(
              "What it is to come to. Left out: the target of the goal for this indicator, source,"
                  + " team and window, if there is one.")
          Optional<WrittenValue> target) {
    /** That of a tile that names none. */
    static final String WINDOW = "7d";
  }

  /** A panel of Grafana. */
  public record FrameConfig(
      @Doc("What it shows, for those who cannot see it.") String title,
      @Doc("Its address, as Grafana's \"Share, Embed\" gives it: .../d-solo/...") URI url) {
    public FrameConfig {
      if (!"https".equals(url.getScheme()) && !"http".equals(url.getScheme())
          || url.getHost() == null) {
        throw new IllegalArgumentException(
            "url: found one without a host or of another scheme; allowed: https://... or"
                + " http://...");
      }
      if (url.getUserInfo() != null) {
        throw new IllegalArgumentException(
            "url: found a user or password in it, which everybody in the room could read; allowed:"
                + " a panel that may be seen without");
      }
    }

    /** Scheme, host and port: what a page may be allowed to embed. */
    public String origin() {
      return url.getScheme() + "://" + url.getAuthority();
    }
  }
}
