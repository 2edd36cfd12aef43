package io.twinbatch.task.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinbatch.task.FakeStore;
import io.twinbatch.task.FakeStore.Reply;
import io.twinbatch.task.TaskExitCode;
import io.twinbatch.task.upload.RetrySleeper;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramTest {
    private static final String RULE = "------------------------------\n";

    @TempDir
    private Path folder;

    private final Map<String, String> environment = new HashMap<>();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @AfterEach
    void leavesNoUnfinishedFileBehind() {
        for (File file : folder.toFile().listFiles()) {
            assertThat(file.getName()).doesNotStartWith(".twinbatch");
        }
    }

    @Test
    void writesTheResultBesideTheInput() throws IOException {
        String input = text("text.txt", "one two, two\nthree Three two");
        environment.put("AZ_BATCH_NODE_ID", "node-1");
        environment.put("AZ_BATCH_TASK_ID", "task-7");
        environment.put("AZ_BATCH_JOB_ID", "job");
        assertThat(run("--filepath", input, "--numwords", "2")).isEqualTo(TaskExitCode.DONE);
        assertThat(folder.resolve("text_OUTPUT.txt"))
                .hasContent("Word\tCount\n" + RULE + "two:\t3\none:\t1\n" + RULE
                        + "Node: node-1\nTask: task-7\nJob:  job\nPool: -\n");
        assertThat(out.toString(StandardCharsets.UTF_8))
                .isEqualTo(input + ": 6 words, 4 distinct, result text_OUTPUT.txt" + System.lineSeparator());
        assertThat(err.size()).isZero();
    }

    @Test
    void countsUtf16WithAByteOrderMarkAsTheSameTextInUtf8() throws IOException {
        String text = "na\u00efve \ud83d\ude00 words, words \u6f22\u5b57 ".repeat(3_000) + "\ud83d\ude00";
        Path utf8 = Files.writeString(folder.resolve("utf8.txt"), text);
        assertThat(run("--filepath=" + utf8, "--numwords=10")).isEqualTo(TaskExitCode.DONE);
        for (Charset charset : new Charset[] {StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE}) {
            Path file = Files.write(folder.resolve(charset + ".txt"), ("\ufeff" + text).getBytes(charset));
            assertThat(run("--filepath=" + file, "--numwords=10")).isEqualTo(TaskExitCode.DONE);
            assertThat(folder.resolve(charset + "_OUTPUT.txt"))
                    .hasSameTextualContentAs(folder.resolve("utf8_OUTPUT.txt"));
        }
        assertThat(out.toString(StandardCharsets.UTF_8)
                        .lines()
                        .map(line -> line.replaceFirst(".*: (\\d+ words).*", "$1")))
                .containsOnly("15001 words");
    }

    @Test
    void aByteOrderMarkAloneIsATextWithoutWordsAndHalfACharacterIsReplaced() throws IOException {
        Path mark = Files.write(folder.resolve("mark.txt"), new byte[] {(byte) 0xff, (byte) 0xfe});
        Path half = Files.write(folder.resolve("half.txt"), new byte[] {(byte) 0xff, (byte) 0xfe, 'a', 0, 'b'});
        assertThat(run("--filepath=" + mark, "--filepath=" + half, "--numwords=1"))
                .isEqualTo(TaskExitCode.DONE);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("mark.txt: 0 words")
                .contains("half.txt: 1 words");
        assertThat(folder.resolve("half_OUTPUT.txt")).content().contains("a\ufffd:\t1");
    }

    @Test
    void namesEveryResultAsAText() throws IOException {
        assertThat(run("--filepath=" + text("notes.md", "a"), "--filepath=" + text("plain", "b"), "--numwords=1"))
                .isEqualTo(TaskExitCode.DONE);
        assertThat(folder.resolve("notes.md_OUTPUT.txt")).exists();
        assertThat(folder.resolve("plain_OUTPUT.txt")).exists();
    }

    @Test
    void givesAResultWithoutWordsForATextWithoutWords() throws IOException {
        for (String content : new String[] {"", "... --- !\n"}) {
            assertThat(run("--filepath=" + text("e.txt", content), "--numwords=2"))
                    .isEqualTo(TaskExitCode.DONE);
            assertThat(folder.resolve("e_OUTPUT.txt"))
                    .hasContent("Word\tCount\n" + RULE + RULE + "Node: -\nTask: -\nJob:  -\nPool: -\n");
        }
    }

    @Test
    void uploadsResultsThenCountsThenTheManifest() throws Exception {
        try (FakeStore store = new FakeStore()) {
            upload(store);
            String list = text("list", text("a", "x y x") + "\tr/a.txt\n" + text("b", "z y") + "\tb%20.txt\n");
            TaskExitCode code = run("--filelist=" + list, "--numwords=1", "--counts=c", "--manifest=m%2Fm");
            assertThat(code).isEqualTo(TaskExitCode.DONE);
            Map<String, String> contents = store.contents();
            assertThat(contents.keySet())
                    .containsExactly(
                            "/account/out/r/a.txt", "/account/out/b%20.txt", "/account/out/c", "/account/out/m/m");
            assertThat(contents.get("/account/out/c")).isEqualTo("2\tx\n2\ty\n1\tz\n");
            assertThat(contents.get("/account/out/m/m"))
                    .isEqualTo("twinbatch-manifest 1 3\n"
                            + entry(contents.get("/account/out/r/a.txt"), "r/a.txt")
                            + entry(contents.get("/account/out/b%20.txt"), "b%20.txt")
                            + entry(contents.get("/account/out/c"), "c"));
        }
    }

    @Test
    void mergesCountsOfSeveralTasksAsIfOneHadCountedAll() throws IOException {
        String first = text("1", "5\tlater\n3\tx\n");
        String second = text("2", "2\ty\n2\tx\n3\ta-word-of-more-than-sixteen-bytes\n");
        TaskExitCode code = run(
                "--merge",
                "--filepath=" + first,
                "--filepath=" + second,
                "--numwords=3",
                "--output-name=all",
                "--counts=sum");
        assertThat(code).isEqualTo(TaskExitCode.DONE);
        assertThat(folder.resolve("all"))
                .content()
                .contains(RULE + "later:\t5\nx:\t5\na-word-of-more-than-sixteen-bytes:\t3\n" + RULE);
        assertThat(folder.resolve("sum")).hasContent("5\tlater\n5\tx\n2\ty\n3\ta-word-of-more-than-sixteen-bytes\n");
    }

    @Test
    void refusesToMergeWhatIsNoCountsFile() throws IOException {
        for (String content :
                new String[] {"1\tx\n2\t", "x\n", "0\tx\n", "1\t\n", "-1\tx\n", "1 x\n", "99999999999999999999\tx\n"}) {
            err.reset();
            TaskExitCode code =
                    run("--merge", "--filepath=" + text("bad", content), "--numwords=3", "--output-name=all");
            assertThat(code).as(content).isEqualTo(TaskExitCode.CANNOT_READ);
            assertThat(err.toString(StandardCharsets.UTF_8)).contains("is not a count, a tab, a word");
            assertThat(folder.resolve("all")).doesNotExist();
        }
    }

    @Test
    void countsTheOthersWhenOneInputCannotBeReadButWritesNothingForAllOfThem() throws IOException {
        String missing = folder.resolve("missing").toString();
        TaskExitCode code = run(
                "--numwords=1",
                "--counts=c",
                "--manifest=m",
                "--filepath=" + missing,
                "--filepath=" + text("a.txt", "x"),
                "--filepath=" + folder);
        assertThat(code).isEqualTo(TaskExitCode.CANNOT_READ);
        assertThat(err.toString(StandardCharsets.UTF_8).lines())
                .containsExactly(
                        "cannot read '" + missing + "': No such file or directory",
                        "cannot read '" + folder + "': Is a directory");
        assertThat(folder.resolve("a_OUTPUT.txt")).exists();
        assertThat(folder.resolve("c")).doesNotExist();
        assertThat(folder.resolve("m")).doesNotExist();
    }

    @Test
    void refusesOutputsThatWouldOverwriteAnInputOrEachOther() throws IOException {
        String input = text("a.txt", "x");
        assertThat(run("--numwords=1", "--filepath=" + input, "--output-name=a.txt"))
                .isEqualTo(TaskExitCode.USAGE);
        assertThat(run("--numwords=1", "--filepath=" + input, "--counts=a_OUTPUT.txt"))
                .isEqualTo(TaskExitCode.USAGE);
        assertThat(run("--numwords=1", "--filepath=" + input, "--filepath=" + input))
                .isEqualTo(TaskExitCode.USAGE);
        assertThat(folder.resolve("a.txt")).hasContent("x");
        assertThat(folder.resolve("a_OUTPUT.txt")).doesNotExist();
    }

    @Test
    void needsTheSignedUrlOfTheContainerItIsToldOf() throws IOException {
        assertThat(run("--numwords=1", "--filepath=" + text("a", "x"), "--storagecontainer=box"))
                .isEqualTo(TaskExitCode.USAGE);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("'box'").contains("TWINBATCH_OUTPUT_URL");
    }

    @Test
    void takesAllArgumentsOfTheTutorialsTaskAndUploadsWithThem() throws IOException {
        try (FakeStore store = new FakeStore()) {
            TaskExitCode code = run(
                    "--filepath",
                    text("taskdata1.txt", "x y x"),
                    "--numwords",
                    "1",
                    "--storageaccount",
                    store.account(),
                    "--storagecontainer",
                    "out",
                    "--sastoken",
                    "?" + FakeStore.SECRET);
            assertThat(code).as(err.toString(StandardCharsets.UTF_8)).isEqualTo(TaskExitCode.DONE);
            assertThat(store.requests()).containsExactly("PUT /account/out/taskdata1_OUTPUT.txt?" + FakeStore.SECRET);
            assertThat(store.lastHeader("X-ms-blob-type")).isEqualTo("BlockBlob");
        }
    }

    @Test
    void takesTheSasTokenFromAFileOrTheEnvironmentAndShowsItNowhere() throws IOException {
        try (FakeStore store = new FakeStore()) {
            String[] common = {
                "--filepath=" + text("a", "x"),
                "--numwords=1",
                "--storageaccount=" + store.account(),
                "--storagecontainer=out"
            };
            store.plan(Reply.of(403), Reply.of(403));
            String file = "--sastoken-file=" + text("token", FakeStore.SECRET + "\n");
            assertThat(run(common[0], common[1], common[2], common[3], file)).isEqualTo(TaskExitCode.UPLOAD_FAILED);
            environment.put("TWINBATCH_SAS_TOKEN", FakeStore.SECRET);
            assertThat(run(common)).isEqualTo(TaskExitCode.UPLOAD_FAILED);
            assertThat(store.requests()).hasSize(2).allMatch(request -> request.endsWith("?" + FakeStore.SECRET));
            assertThat(err.toString(StandardCharsets.UTF_8)).contains("403").doesNotContain("sig");
            assertThat(out.size()).isZero();
        }
    }

    @Test
    void refusesStorageArgumentsThatDoNotGoTogetherWithoutShowingTheToken() throws IOException {
        String input = "--filepath=" + text("a", "x");
        String[][] lines = {
            {"--sastoken=sig=s", "--storagecontainer=out"},
            {"--sastoken=sig=s"},
            {"--storageaccount=acc", "--sastoken=sig=s"},
            {"--storageaccount=acc", "--storagecontainer=out"},
            {"--storageaccount=acc", "--storagecontainer=a/b", "--sastoken=sig=s"},
            {"--storageaccount=a.b", "--storagecontainer=out", "--sastoken=sig=s"},
            {"--storageaccount=http://h/?sig=s", "--storagecontainer=out", "--sastoken=sig=s"},
            {"--storageaccount=acc", "--storagecontainer=out", "--sastoken=sig=s s"},
            {"--storageaccount=acc", "--storagecontainer=out", "--sastoken-file=" + folder.resolve("none")},
            {"--storageaccount=acc", "--storagecontainer=out", "--sastoken=sig=s", "--sastoken-file=f"},
        };
        for (String[] line : lines) {
            String[] words = Stream.concat(Stream.of(input, "--numwords=1"), Stream.of(line))
                    .toArray(String[]::new);
            assertThat(run(words)).as(String.join(" ", line)).isEqualTo(TaskExitCode.USAGE);
        }
        assertThat(err.toString(StandardCharsets.UTF_8)).doesNotContain("sig=");
    }

    @Test
    void saysThatAnUploadFailedWithoutTheSignature() throws IOException {
        try (FakeStore store = new FakeStore()) {
            upload(store);
            store.plan(Reply.of(403));
            TaskExitCode code = run("--numwords=1", "--filepath=" + text("a", "x"), "--manifest=m");
            assertThat(code).isEqualTo(TaskExitCode.UPLOAD_FAILED);
            assertThat(store.contents()).isEmpty();
            assertThat(err.toString(StandardCharsets.UTF_8)).contains("403").doesNotContain("sig");
        }
    }

    @Test
    void saysThatAResultCannotBeWritten() throws IOException {
        text("file", "");
        TaskExitCode code = run("--numwords=1", "--filepath=" + text("a", "x"), "--output-name=file/below");
        assertThat(code).isEqualTo(TaskExitCode.CANNOT_WRITE);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .startsWith("cannot write '")
                .contains("file/below");
    }

    @Test
    void leavesAWholeResultInPlaceWhenANewOneCannotBeMoved() throws IOException {
        Files.createDirectories(folder.resolve("a_OUTPUT.txt/full"));
        assertThat(run("--numwords=1", "--filepath=" + text("a", "x"))).isEqualTo(TaskExitCode.CANNOT_WRITE);
    }

    @Test
    void printsNamesOnOneLineWhateverTheyHold() throws IOException {
        assertThat(run("--numwords=1", "--filepath=" + text("a\nb", "x"))).isEqualTo(TaskExitCode.DONE);
        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .hasSize(1)
                .first()
                .asString()
                .contains("a?b_OUTPUT.txt");
        assertThat(folder.resolve("a\nb_OUTPUT.txt")).exists();
    }

    private void upload(FakeStore store) {
        environment.put("TWINBATCH_OUTPUT_URL", store.signedUrl());
        environment.put("TWINBATCH_OUTPUT_HEADERS", "x-ms-blob-type: BlockBlob");
    }

    private static String entry(String content, String encodedName) throws Exception {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
        return HexFormat.of().formatHex(digest) + " " + bytes.length + " " + encodedName + "\n";
    }

    private String text(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content).toString();
    }

    private TaskExitCode run(String... words) {
        PrintStream outStream = new PrintStream(out, true, StandardCharsets.UTF_8);
        PrintStream errStream = new PrintStream(err, true, StandardCharsets.UTF_8);
        RetrySleeper noPause = millis -> assertThat(millis).isPositive();
        File uploads = folder.resolve("uploads").toFile();
        return new Program(environment, uploads, outStream, errStream, noPause).run(words);
    }
}
