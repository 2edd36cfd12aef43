package io.twinbatch.it;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
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

    /** The packages of the API that the jar of the node's program has, as its pom says. */
    private static final String[] IN_NODE_JAR = {"io.twinbatch.api.error..", "io.twinbatch.api.proxy.."};

    private final JavaClasses project = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.twinbatch");

    @ParameterizedTest
    @ValueSource(strings = {API, AZURE, LOCAL, NODE_TASK, APP})
    void everyModuleIsChecked(String module) {
        assertThat(project.that(resideInAPackage(module))).isNotEmpty();
    }

    @Test
    void noClassIsOutsideTheModules() {
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
    void theNodeProgramDependsOnTheJdkAndOnWhatItsJarTakesFromTheApi() {
        classes()
                .that()
                .resideInAPackage(NODE_TASK)
                .should()
                .onlyDependOnClassesThat(
                        resideInAnyPackage("java..", "javax..", NODE_TASK).or(in(IN_NODE_JAR)))
                .check(project);
        classes()
                .that(in(IN_NODE_JAR))
                .should()
                .onlyDependOnClassesThat(
                        resideInAnyPackage("java..", "javax.net.ssl..").or(in(IN_NODE_JAR)))
                .check(project);
    }

    @Test
    void onlyTheAzureBackendUsesAzuresLibraries() {
        noClasses()
                .that()
                .resideOutsideOfPackage(AZURE)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.azure..")
                .check(project);
    }

    @Test
    void onlyTheAzureBackendUsesItsBatchClientAndOnlyTestsTheOfficialOne() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "io.twinbatch.azure",
                        "io.twinbatch.azure.client..",
                        "io.twinbatch.azure.batch..",
                        "io.twinbatch.azure.account..")
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
    void theLocalBackendUsesOnlyTheObjectStoreOfTheAzureBackend() {
        classes()
                .that()
                .resideInAPackage(LOCAL)
                .should()
                .onlyDependOnClassesThat(
                        resideOutsideOfPackage(AZURE).or(resideInAPackage("io.twinbatch.azure.storage..")))
                .check(project);
    }

    @Test
    void noBackendUsesTheAppAndTheAzureBackendDoesNotUseTheLocalOne() {
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
    void nodesAndRecordsDoNotUseEachOtherNorTheEngine() {
        String[] records = {"io.twinbatch.local.record..", "io.twinbatch.local.store.."};
        String node = "io.twinbatch.local.node..";
        String[] above = {"io.twinbatch.local.engine..", "io.twinbatch.local.azurite..", "io.twinbatch.local"};
        none(in(records), above);
        none(in(node), above);
        none(in(node), records);
        none(in(records), node);
        none(in("io.twinbatch.local.engine.."), "io.twinbatch.local.azurite..", "io.twinbatch.local");
    }

    @Test
    void theEnginesStateIsUsedByTheEngineAndItsViewAlone() {
        none(
                in("io.twinbatch.local.engine.model.."),
                "io.twinbatch.local.engine.view..",
                "io.twinbatch.local.engine.host..");
        none(
                in("io.twinbatch.local.engine.host.."),
                "io.twinbatch.local.engine.model..",
                "io.twinbatch.local.engine.view..");
        none(in("io.twinbatch.local.record.."), "io.twinbatch.local.store..");
    }

    @Test
    void theStepsOfAWorkflowUseItsModelAndNotTheWorkflow() {
        String root = "io.twinbatch.api.workflow";
        none(in(root + ".*.."), root);
        none(
                in(root + ".model.."),
                root + ".plan..",
                root + ".stage..",
                root + ".watch..",
                root + ".collect..",
                root + ".resume..");
        none(in(root + ".plan.."), root + ".stage..", root + ".watch..", root + ".resume..");
        none(in(root + ".stage.."), root + ".watch..", root + ".collect..", root + ".resume..");
        none(in(root + ".watch.."), root + ".collect..", root + ".resume..");
    }

    @Test
    void poolsDoNotUseJobs() {
        none(in("io.twinbatch.api.pool.."), "io.twinbatch.api.job..");
    }

    @Test
    void theResourcesOfTheEmulatorAreBuiltOnItsSharedPackages() {
        String emulator = "io.twinbatch.local.emulator";
        none(
                in(
                        emulator + ".http..",
                        emulator + ".query..",
                        emulator + ".document..",
                        emulator + ".operation..",
                        emulator + ".autoscale.."),
                emulator + ".pool..",
                emulator + ".node..",
                emulator + ".job..",
                emulator + ".schedule..",
                emulator + ".task..",
                emulator + ".file..",
                emulator + ".account..",
                emulator);
    }

    @Test
    void onlyTheStateFolderUsesTheEmbeddedStore() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.twinbatch.local.store..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.h2..")
                .check(project);
    }

    @Test
    void onlyHelperProgramsAreRunByCommonsExec() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.twinbatch.local.program..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.commons.exec..")
                .check(project);
    }

    @Test
    void onlyTheAppUsesTheOptionLibraryAndOnlyTheAppAndBackendsUseInjection() {
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
    void thePackagesOfAModuleAreFreeOfCycles(String module) {
        SlicesRuleDefinition.slices()
                .assignedFrom(new Packages("io.twinbatch." + module))
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true)
                .check(project);
    }

    private static DescribedPredicate<JavaClass> in(String... packages) {
        return resideInAnyPackage(packages);
    }

    private void none(DescribedPredicate<JavaClass> users, String... packages) {
        noClasses()
                .that(users)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(packages)
                .check(project);
    }

    /** The packages of a module, without the module's own, which may use all of them. */
    private record Packages(String module) implements SliceAssignment {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            String name = type.getPackageName();
            if (!name.startsWith(module + ".")) {
                return SliceIdentifier.ignore();
            }
            return SliceIdentifier.of(name);
        }

        @Override
        public String getDescription() {
            return "packages of " + module;
        }
    }
}
