package io.undertone.server;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import io.undertone.filters.payload.Sink;
import io.undertone.filters.payload.UnreadablePayloadException;

/** The arrows of the house. */
@AnalyzeClasses(packages = "io.undertone", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule EACH_MODULE_RESTS_ON_THE_ONE_BEFORE = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("filters")
            .definedBy("io.undertone.filters..")
            .layer("webapp")
            .definedBy("io.undertone.webapp..")
            .layer("server")
            .definedBy("io.undertone.server..")
            .whereLayer("server")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("webapp")
            .mayOnlyBeAccessedByLayers("server");

    @ArchTest
    static final ArchRule THE_ENGINE_KNOWS_NO_SERVLET = noClasses()
            .that()
            .resideInAnyPackage(
                    "io.undertone.filters.keyword..",
                    "io.undertone.filters.dialect..",
                    "io.undertone.filters.payload..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("jakarta.servlet..", "io.undertone.filters.servlet..");

    @ArchTest
    static final ArchRule THE_FILTER_KNOWS_NO_CONTAINER = noClasses()
            .that()
            .resideInAPackage("io.undertone.filters..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.eclipse.jetty..", "org.apache.catalina..");

    /** But for what decoders of content codings take and throw. */
    @ArchTest
    static final ArchRule PROXY_AND_RELAY_CARRY_AND_NEVER_JUDGE = noClasses()
            .that()
            .resideInAnyPackage("io.undertone.webapp.proxy..", "io.undertone.webapp.relay..")
            .should()
            .dependOnClassesThat(resideInAnyPackage("io.undertone.filters.payload..", "io.undertone.filters.keyword..")
                    .and(not(belongToAnyOf(Sink.class, UnreadablePayloadException.class))));

    @ArchTest
    static final ArchRule PACKAGES_OF_A_MODULE_HAVE_NO_CYCLES = SlicesRuleDefinition.slices()
            .matching("io.undertone.(*.*)..")
            .should()
            .beFreeOfCycles();

    @ArchTest
    static final ArchRule ONLY_THE_COMMAND_LINE_PRINTS = noClasses()
            .that()
            .resideOutsideOfPackage("io.undertone.server.command..")
            .should(GeneralCodingRules.ACCESS_STANDARD_STREAMS);

    @ArchTest
    static final ArchRule LOGS_GO_THROUGH_SLF4J = GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
}
