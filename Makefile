# helpdesk-exporter: what one types. Everything else is Maven's: see pom.xml.

MAVEN = JAVA_HOME="$$(scripts/find-java --jdk)" && export JAVA_HOME && ./mvnw
# Unlike -q, it shows the warnings that fail a compilation.
WARNINGS_ONLY = -Dorg.slf4j.simpleLogger.defaultLogLevel=warn
JAR = target/helpdesk-exporter.jar
FORMATTER = target/formatter.classpath
JAVAC_PACKAGES = api code file parser tree util

.PHONY: help demo stack jar aot test format bench clean

help:
	@echo 'make demo          a simulated helpdesk, and its KPIs; FRESH=1 forgets the last one'
	@echo 'make stack         the demo with Prometheus, its rules, and Alertmanager, whose pages are printed (Debian)'
	@echo 'make jar           builds $(JAR)'
	@echo 'make aot           lets Java learn from the demo, so that each start takes less CPU (needs curl)'
	@echo 'make test          all that must hold; installs the services that the tests need (Debian, root)'
	@echo 'make format        formats the Java sources as the tests demand'
	@echo 'make bench         measures, beside what the machine could do at best'
	@echo 'make clean         removes what was built'

# Ctrl-C reaches everybody in the terminal at once. A command in the background does not hear it, so that
# Java is asked to stop exactly once, here, and make has an ordinary end to report.
demo: $(JAR)
	@bin/helpdesk-exporter demo $(if $(filter-out 0,$(FRESH)),--fresh) & demo=$$!; asked=; \
	trap 'asked=yes; kill $$demo 2>/dev/null' INT TERM HUP; \
	wait $$demo; status=$$?; \
	while kill -0 $$demo 2>/dev/null; do wait $$demo; status=$$?; done; \
	[ -n "$$asked" ] || exit $$status

stack: $(JAR)
	@scripts/stack

jar: $(JAR)

$(JAR): pom.xml $(shell find src/main -type f 2>/dev/null)
	@echo 'Building $(JAR); the first time, Maven downloads the libraries too, which takes a while ...'
	@$(MAVEN) -B -ntp $(WARNINGS_ONLY) -Dmaven.test.skip=true \
	  -Drevision="$$(git rev-parse --short HEAD 2>/dev/null || echo unknown)" package
	@touch $@
	@echo 'Built $(JAR).'

aot: $(JAR)
	@scripts/train-aot

test:
	scripts/install-test-packages
	$(MAVEN) -B -ntp verify

# Not a Maven plugin: it must format what does not compile, and the test that demands it uses the same library.
format: $(FORMATTER)
	@"$$(scripts/find-java --jdk)/bin/java" -XX:TieredStopAtLevel=1 \
	  $(JAVAC_PACKAGES:%=--add-exports=jdk.compiler/com.sun.tools.javac.%=ALL-UNNAMED) \
	  -cp "$$(cat $(FORMATTER))" com.google.googlejavaformat.java.Main \
	  --replace $$(find src -name '*.java')
	@echo 'Formatted.'

$(FORMATTER): pom.xml
	@mkdir -p target
	@$(MAVEN) -q -ntp dependency:build-classpath -DincludeScope=test -Dmdep.outputFile=$(CURDIR)/$@

bench: $(JAR)
	@bench/run

clean:
	@$(MAVEN) -q clean
