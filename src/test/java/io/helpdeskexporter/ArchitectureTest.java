package io.helpdeskexporter;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import io.helpdeskexporter.source.Source;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The rooms of the house and the doors between them, as {@code docs/architecture.md} tells them.
 */
class ArchitectureTest {
  private static final String HOUSE = "io.helpdeskexporter";

  /** Where a number's meaning is decided: functions from values to values. */
  private static final String[] CORE =
      rooms(
          "domain",
          "calendar",
          "facts",
          "kpi",
          "forecast",
          "explain",
          "reconcile",
          "report",
          "dashboards",
          "rules",
          "figures");

  private static final String[] INPUT_AND_OUTPUT = {
    "java.sql..",
    "javax.sql..",
    "java.net..",
    "java.io..",
    "java.nio.file..",
    "java.nio.channels..",
    "org.jdbi..",
    "com.zaxxer..",
    "org.slf4j..",
    "ch.qos..",
    "io.javalin..",
    "io.micrometer..",
    "picocli.."
  };

  private static final JavaClasses MAIN = classesBeside(ArchitectureTest.class, false);
  private static final JavaClasses TESTS = classesBeside(ArchitectureTest.class, true);

  // Who knows whom.

  @ParameterizedTest(name = "{0} knows only {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          domain   | domain
          calendar | domain calendar
          facts    | domain calendar facts
          forecast | domain calendar facts forecast
          kpi      | domain calendar facts forecast kpi
          explain  | domain calendar facts kpi explain
          reconcile | domain calendar facts reconcile
          report   | kpi report
          dashboards | facts kpi dashboards
          rules    | domain calendar kpi rules
          figures  | domain kpi report figures
          """)
  void aRoomOfTheCoreKnowsOnlyTheRoomsBelowIt(String room, String below) {
    check(
        classes()
            .that()
            .resideInAPackage(room(room))
            .should()
            .onlyDependOnClassesThat(
                resideOutsideOfPackage(HOUSE + "..")
                    .or(resideInAnyPackage(rooms(below.split(" "))))
                    .as("are outside the project or in " + below))
            .because("imports point downwards only"));
  }

  @ParameterizedTest(name = "{0} does not know {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          source     | store sync exposition http kpi explain reconcile demo
          store      | sync http exposition explain reconcile demo
          sync       | http exposition explain reconcile demo
          exposition | source store sync http config explain reconcile demo
          http       | source store sync demo
          config     | store sync http exposition kpi explain reconcile report figures demo
          """)
  void aRoomOfTheShellDoesNotReachIntoItsNeighbours(String room, String closed) {
    check(
        noClasses()
            .that()
            .resideInAPackage(room(room))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(rooms(closed.split(" ")))
            .because("cli wires them; each can be understood, tested and replaced alone"));
  }

  @Test
  void nobodyButTheCommandLineKnowsTheCommandLine() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage(room("cli"))
            .should()
            .dependOnClassesThat()
            .resideInAPackage(room("cli")));
  }

  @Test
  void thereAreNoCyclesOfPackages() {
    check(slices().matching(HOUSE + ".(**)").should().beFreeOfCycles());
  }

  // The functional core.

  @Test
  void theCoreDoesNoInputAndOutput() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage(CORE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(INPUT_AND_OUTPUT)
            .because("the test of a rule must need neither a database nor a file"));
  }

  @Test
  void onlyKpisTheirExpositionAndTheSelfMetricsBuildMetricSnapshots() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages(room("kpi"), room("exposition"), room("sync"), room("cli"))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.prometheus.metrics.model.snapshots..")
            .because("all families of a scrape come from one snapshot"));
  }

  // What only the command line may do.

  @Test
  void onlyTheCommandLineReadsTheSystemClock() {
    Predicate<AccessTarget> systemClocks =
        target -> on(target, Clock.class) && target.getName().startsWith("system");
    Predicate<AccessTarget> systemInstantSource =
        target -> on(target, InstantSource.class) && target.getName().equals("system");
    Predicate<AccessTarget> nowWithoutClock =
        target ->
            on(target, TemporalAccessor.class)
                && target.getName().equals("now")
                && hasNoClockArgument(target);
    Predicate<AccessTarget> millis =
        target -> on(target, System.class) && target.getName().equals("currentTimeMillis");
    check(
        outsideTheCommandLine(
            access(
                "the system clock",
                systemClocks.or(systemInstantSource).or(nowWithoutClock).or(millis)),
            "now is an argument, or a clock that was handed over"));
  }

  @Test
  void onlyTheCommandLineWritesToTheTerminalAndEndsTheProcess() {
    Set<String> terminal = Set.of("out", "err", "in", "exit", "setOut", "setErr");
    Predicate<AccessTarget> system =
        target -> on(target, System.class) && terminal.contains(target.getName());
    Predicate<AccessTarget> runtime =
        target -> on(target, Runtime.class) && Set.of("exit", "halt").contains(target.getName());
    Predicate<AccessTarget> stackTrace =
        target -> on(target, Throwable.class) && target.getName().equals("printStackTrace");
    check(
        outsideTheCommandLine(
            access("the terminal or the process", system.or(runtime).or(stackTrace)),
            "what is wrong is an exception, a log line or a metric"));
  }

  // Names.

  @Test
  void aSourceWhoseRequestsAreLimitedTellsItsPace() {
    assertThat(MAIN)
        .filteredOn(source -> source.isAssignableTo(Source.class) && !source.isInterface())
        .filteredOn(source -> source.tryGetMethod("traffic").isPresent())
        .isNotEmpty()
        .allSatisfy(source -> assertThat(source.tryGetMethod("pace", Duration.class)).isPresent());
  }

  @Test
  void noNameLeavesOpenWhoseThingsTheseAre() {
    check(
        noClasses()
            .should()
            .haveNameMatching(".*(Utils?|Helpers?|Managers?|Commons?)")
            .orShould()
            .resideInAnyPackage("..util..", "..utils..", "..helper..", "..manager..", "..common..")
            .because("such a name says: I did not decide whose this is"));
  }

  @Test
  void everyPackageSaysWhatItIsForAndIsNullMarked() throws IOException {
    List<String> silent = new ArrayList<>();
    for (Path folder : packagesOf(Path.of("src/main/java"))) {
      if (!introduces(folder.resolve("package-info.java"))) {
        silent.add(folder.toString());
      }
    }
    for (Path folder : packagesOf(Path.of("src/test/java"))) {
      Path main = Path.of("src/main/java").resolve(Path.of("src/test/java").relativize(folder));
      if (!introduces(folder.resolve("package-info.java")) && !Files.isDirectory(main)) {
        silent.add(folder.toString());
      }
    }

    assertThat(silent)
        .as("packages without a package-info.java that has a paragraph and is @NullMarked")
        .isEmpty();
  }

  // Tests.

  @Test
  void testsNeitherSleepNorSkip() {
    Predicate<AccessTarget> sleep =
        target ->
            (on(target, Thread.class) || on(target, TimeUnit.class))
                && target.getName().equals("sleep");
    ArchRule rule =
        noClasses()
            .should()
            .accessTargetWhere(access("sleep", sleep))
            .orShould()
            .dependOnClassesThat(
                resideInAPackage("org.junit.jupiter.api.condition..")
                    .or(named("org.junit.jupiter.api.Disabled"))
                    .or(named("org.junit.jupiter.api.Assumptions"))
                    .or(named("org.assertj.core.api.Assumptions"))
                    .as("skip tests"))
            .because("a sleep is too long or too short, and a test that is skipped proves nothing");

    rule.allowEmptyShould(true).check(TESTS);
  }

  // How the rules are told.

  private static void check(ArchRule rule) {
    // While a room is still empty, its rule has nothing to look at.
    rule.allowEmptyShould(true).check(MAIN);
  }

  private static ArchRule outsideTheCommandLine(
      DescribedPredicate<JavaAccess<?>> forbidden, String reason) {
    return noClasses()
        .that()
        .resideOutsideOfPackage(room("cli"))
        .should()
        .accessTargetWhere(forbidden)
        .because(reason);
  }

  private static DescribedPredicate<JavaAccess<?>> access(
      String what, Predicate<AccessTarget> target) {
    return describe("access " + what, access -> target.test(access.getTarget()));
  }

  private static boolean on(AccessTarget target, Class<?> type) {
    return target.getOwner().isAssignableTo(type);
  }

  private static boolean hasNoClockArgument(AccessTarget target) {
    return !(target instanceof AccessTarget.CodeUnitAccessTarget codeUnit)
        || codeUnit.getRawParameterTypes().stream().noneMatch(assignableTo(InstantSource.class));
  }

  private static DescribedPredicate<JavaClass> named(String name) {
    return describe("are " + name, type -> type.getFullName().equals(name));
  }

  private static String room(String name) {
    return HOUSE + "." + name + "..";
  }

  private static String[] rooms(String... names) {
    return Stream.of(names).map(ArchitectureTest::room).toArray(String[]::new);
  }

  /** The project's classes from the folder or archive of the tests, or from all others. */
  private static JavaClasses classesBeside(Class<?> test, boolean tests) {
    URI folder = URI.create(test.getProtectionDomain().getCodeSource().getLocation().toString());
    return new ClassFileImporter()
        .withImportOption(
            location -> location.asURI().getPath().startsWith(folder.getPath()) == tests)
        .importPackages(HOUSE);
  }

  private static Set<Path> packagesOf(Path sources) throws IOException {
    if (!Files.isDirectory(sources)) {
      return Set.of();
    }
    try (Stream<Path> files = Files.walk(sources)) {
      Set<Path> folders = new TreeSet<>();
      files
          .filter(file -> file.toString().endsWith(".java"))
          .forEach(file -> folders.add(file.getParent()));
      return folders;
    }
  }

  private static boolean introduces(Path packageInfo) throws IOException {
    if (!Files.exists(packageInfo)) {
      return false;
    }
    String text = Files.readString(packageInfo);
    return text.startsWith("/**") && text.contains("\n@NullMarked\npackage ");
  }
}
