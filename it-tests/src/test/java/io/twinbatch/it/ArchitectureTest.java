package io.twinbatch.it;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The arrows between modules and packages; see docs/architecture.md. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ArchitectureTest {
    private static final String API = "io.twinbatch.api..";
    private static final String AZURE = "io.twinbatch.azure..";
    private static final String LOCAL = "io.twinbatch.local..";
    private static final String NODE_TASK = "io.twinbatch.task..";
    private static final String APP = "io.twinbatch.app..";

    private final JavaClasses project = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.twinbatch");

    @ParameterizedTest
    @ValueSource(strings = {API, AZURE, LOCAL, NODE_TASK, APP})
    void everyModuleIsLookedAt(String module) {
        assertThat(project.that(resideInAPackage(module))).isNotEmpty();
    }

    @Test
    void nothingIsOutsideTheModules() {
        assertThat(project.that(resideInAnyPackage(API, AZURE, LOCAL, NODE_TASK, APP)))
                .hasSameSizeAs(project);
    }

    @Test
    void theApiDependsOnTheJdkAndSlf4jAlone() {
        classes()
                .that()
                .resideInAPackage(API)
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage("java..", "javax.net.ssl..", "org.slf4j..", API))
                .check(project);
    }

    @Test
    void whatRunsOnANodeDependsOnTheJdkAlone() {
        classes()
                .that()
                .resideInAPackage(NODE_TASK)
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage("java..", "javax..", NODE_TASK))
                .check(project);
    }

    @Test
    void azuresLibrariesAreTheAzureBackendsAffair() {
        noClasses()
                .that()
                .resideOutsideOfPackage(AZURE)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.azure..")
                .check(project);
    }

    @Test
    void theBatchServicesClientIsTheAzureBackendsAffairAndTheOfficialOneTheTests() {
        noClasses()
                .that()
                .resideOutsideOfPackage(AZURE)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.twinbatch.azure.client..")
                .check(project);
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.microsoft..")
                .check(project);
    }

    @Test
    void theLocalBackendUsesOfTheAzureBackendTheObjectStoreAlone() {
        classes()
                .that()
                .resideInAPackage(LOCAL)
                .should()
                .onlyDependOnClassesThat(
                        resideOutsideOfPackage(AZURE).or(resideInAPackage("io.twinbatch.azure.storage..")))
                .check(project);
    }

    @Test
    void noBackendKnowsTheAppAndTheAzureBackendDoesNotKnowTheLocalOne() {
        noClasses()
                .that()
                .resideOutsideOfPackage(APP)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(APP)
                .check(project);
        noClasses()
                .that()
                .resideInAPackage(AZURE)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(LOCAL)
                .check(project);
        // The app ships the task's program as a file, and does not call it.
        noClasses()
                .that()
                .resideOutsideOfPackage(NODE_TASK)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(NODE_TASK)
                .check(project);
    }

    @Test
    void theLocalEngineSitsOnNodesAndRecordsThatDoNotKnowEachOtherNorTheEngine() {
        noClasses()
                .that()
                .resideInAnyPackage("io.twinbatch.local.node..", "io.twinbatch.local.state..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.twinbatch.local.engine..", "io.twinbatch.local.azurite..", "io.twinbatch.local")
                .check(project);
        noClasses()
                .that()
                .resideInAPackage("io.twinbatch.local.node..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.twinbatch.local.state..")
                .check(project);
        noClasses()
                .that()
                .resideInAPackage("io.twinbatch.local.state..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.twinbatch.local.node..")
                .check(project);
        noClasses()
                .that()
                .resideInAPackage("io.twinbatch.local.engine..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.twinbatch.local.azurite..", "io.twinbatch.local")
                .check(project);
    }

    @Test
    void theStoreIsTheRecordsAffair() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.twinbatch.local.state..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.h2..")
                .check(project);
    }

    @Test
    void theCommandLineIsTheAppsAffairAndInjectionTheAppsAndTheBackends() {
        noClasses()
                .that()
                .resideOutsideOfPackage(APP)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("picocli..")
                .check(project);
        noClasses()
                .that()
                .resideInAnyPackage(API, NODE_TASK, "io.twinbatch.local.engine..", "io.twinbatch.local.node..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.google.inject..")
                .check(project);
    }

    @Test
    void onlyProgramsWriteToTheTerminal() {
        noClasses()
                .that()
                .resideOutsideOfPackages(APP, NODE_TASK)
                .should(ACCESS_STANDARD_STREAMS)
                .check(project);
    }

    @ParameterizedTest
    @ValueSource(strings = {"api", "azure", "local", "app", "task"})
    void thePackagesOfAModuleFormNoCircle(String module) {
        SlicesRuleDefinition.slices()
                .assignedFrom(new Packages("io.twinbatch." + module))
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true)
                .check(project);
    }

    /** The packages right below a module's own, which may see all of them. */
    private record Packages(String module) implements SliceAssignment {
        /** A job names its pool, and a node's start task is described like a job's tasks: two halves of one thing. */
        private static final String JOBS_AND_POOLS = "io\\.twinbatch\\.api\\.(job|pool)";

        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            String name = type.getPackageName();
            if (!name.startsWith(module + ".")) {
                return SliceIdentifier.ignore();
            }
            return name.matches(JOBS_AND_POOLS) ? SliceIdentifier.of("jobs and pools") : SliceIdentifier.of(name);
        }

        @Override
        public String getDescription() {
            return "packages of " + module;
        }
    }
}
