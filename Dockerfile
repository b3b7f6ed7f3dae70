# syntax=docker/dockerfile:1
# The exporter as an image: built by its own Maven wrapper, run by a Java that can do nothing else.

FROM eclipse-temurin:25.0.2_10-jdk-noble AS build
WORKDIR /build
# What downloads the libraries comes first, so that a change of the sources does not download them again.
COPY .mvn .mvn
COPY mvnw pom.xml ./
RUN --mount=type=cache,target=/root/.m2 ./mvnw -B -ntp dependency:resolve dependency:resolve-plugins
COPY src/main src/main
# Shown by helpdesk_exporter_build_info.
ARG REVISION=unknown
RUN --mount=type=cache,target=/root/.m2 \
    ./mvnw -B -ntp -Dmaven.test.skip=true -Drevision="$REVISION" package

FROM eclipse-temurin:25.0.2_10-jre-noble
# A number, so that an orchestrator can see that it is not root.
RUN groupadd --system --gid 10853 exporter \
 && useradd --system --uid 10853 --gid exporter --home-dir /var/lib/helpdesk-exporter --create-home \
      --shell /usr/sbin/nologin exporter
COPY --from=build /build/target/lib /opt/helpdesk-exporter/target/lib
COPY --from=build /build/target/helpdesk-exporter.jar /opt/helpdesk-exporter/target/
COPY --chmod=755 bin/helpdesk-exporter /opt/helpdesk-exporter/bin/helpdesk-exporter
COPY --chmod=755 scripts/find-java /opt/helpdesk-exporter/scripts/find-java
ENV PATH="/opt/helpdesk-exporter/bin:$PATH"
USER 10853:10853
# What it writes, if anything: the demo's configuration, reports. The numbers are in PostgreSQL.
WORKDIR /var/lib/helpdesk-exporter
VOLUME /var/lib/helpdesk-exporter
EXPOSE 9853
# Healthy from the start; ready once the first import is done, which a large helpdesk takes its time for.
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=4 \
  CMD ["curl", "-fsS", "-o", "/dev/null", "http://127.0.0.1:9853/-/healthy"]
ENTRYPOINT ["/opt/helpdesk-exporter/bin/helpdesk-exporter"]
CMD ["--help"]
