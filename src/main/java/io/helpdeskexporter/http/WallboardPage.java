package io.helpdeskexporter.http;

import java.util.List;

/**
 * The page at {@code /wallboard}: one style sheet and one script inside, nothing fetched but what
 * it shows. It is the same for everybody and says nothing; what there is to see comes as data.
 */
final class WallboardPage {
  private static final String STYLE = LandingPage.resource("wallboard.css");
  private static final String SCRIPT = LandingPage.resource("wallboard.js");

  private final String framed;
  private final String version;

  /**
   * @param framed origins whose pages may be embedded
   */
  WallboardPage(List<String> framed) {
    this.framed = framed.isEmpty() ? "'none'" : String.join(" ", framed);
    this.version = LandingPage.sha256(STYLE + SCRIPT + this.framed);
  }

  /** Another one after an update: screens that have shown an older one for months reload it. */
  String version() {
    return version;
  }

  /**
   * Nothing may be loaded or run but what is in the page, known by its hash.
   *
   * @param open to whoever asks; others need not know what is embedded
   */
  String policy(boolean open) {
    return ("default-src 'none'; script-src 'sha256-%s'; style-src 'sha256-%s'; connect-src 'self';"
            + " img-src data:; frame-src %s; base-uri 'none'; form-action 'none';"
            + " frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'")
        .formatted(LandingPage.sha256(SCRIPT), LandingPage.sha256(STYLE), open ? framed : "'none'");
  }

  String html(boolean open) {
    return """
    <!doctype html>
    <html lang="en" data-open="%s" data-page="%s">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <meta name="robots" content="noindex">
    <title>Wall board</title>
    <link rel="icon" href="%s">
    <style>%s</style>
    </head>
    <body>
    <div id="alarm" role="alert" hidden></div>
    <header id="head" hidden>
    <h1 id="title"></h1>
    <p id="as-of"></p>
    </header>
    <main id="boards"></main>
    <footer id="foot" hidden>
    <nav id="dots" aria-label="Boards"></nav>
    </footer>
    <form id="door" hidden>
    <h1>Wall board</h1>
    <p id="door-note"></p>
    <label for="token">Token</label>
    <input id="token" type="password" autocomplete="off" spellcheck="false" required>
    <button>Open</button>
    </form>
    <noscript><p class="plain">The wall board needs JavaScript, which is switched off in this browser.</p></noscript>
    <script>%s</script>
    </body>
    </html>
    """
        .formatted(open, version, LandingPage.ICON, STYLE, SCRIPT);
  }
}
