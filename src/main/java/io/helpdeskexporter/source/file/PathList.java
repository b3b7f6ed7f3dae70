package io.helpdeskexporter.source.file;

import io.helpdeskexporter.source.SourceException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.stream.Stream;

/** A file, or the files that a glob matches. */
final class PathList {
  /** Keeps a cursor small; a year of weekly files, or half a year of daily ones. */
  static final int MOST = 200;

  /** How far down {@code **} looks. */
  private static final int DEEPEST = 16;

  private final Path path;

  PathList(Path path) {
    this.path = path;
  }

  /**
   * In the order of their names.
   *
   * @throws SourceException.Misconfigured if there is none, or too many
   */
  List<Path> files() throws SourceException {
    if (Files.isRegularFile(path)) {
      return List.of(path);
    }
    if (!isGlob()) {
      throw new SourceException.Misconfigured(
          "%s: %s; give a file, or a glob such as logs/*.csv"
              .formatted(
                  path.toAbsolutePath(),
                  Files.isDirectory(path) ? "is a directory" : "no such file"));
    }
    List<Path> files = matches();
    if (files.isEmpty()) {
      throw new SourceException.Misconfigured(
          "%s: matches no file; correct the path, or put the files there"
              .formatted(path.toAbsolutePath()));
    }
    if (files.size() > MOST) {
      throw new SourceException.Misconfigured(
          ("%s: matches %d files, at most %d can be followed; narrow the glob, or join"
                  + " older files")
              .formatted(path.toAbsolutePath(), files.size(), MOST));
    }
    return files;
  }

  private boolean isGlob() {
    return hasGlob(path.toString());
  }

  private List<Path> matches() throws SourceException {
    Path base = path.isAbsolute() ? path.getRoot() : Path.of("");
    int fixed = 0;
    while (fixed < path.getNameCount() && !hasGlob(path.getName(fixed).toString())) {
      base = base.resolve(path.getName(fixed++));
    }
    int depth = path.toString().contains("**") ? DEEPEST : path.getNameCount() - fixed;
    if (!Files.isDirectory(base)) {
      return List.of();
    }
    PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + path);
    try (Stream<Path> all = Files.walk(base, depth, FileVisitOption.FOLLOW_LINKS)) {
      return all.filter(matcher::matches).filter(Files::isRegularFile).sorted().toList();
    } catch (IOException | UncheckedIOException failed) {
      throw new SourceException.Unavailable(
          "%s: the directory cannot be listed; check that it may be read"
              .formatted(base.toAbsolutePath()),
          failed);
    }
  }

  private static boolean hasGlob(String text) {
    return text.chars().anyMatch(c -> "*?[{".indexOf(c) >= 0);
  }
}
