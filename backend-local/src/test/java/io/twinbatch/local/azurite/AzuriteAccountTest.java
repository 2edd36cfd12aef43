package io.twinbatch.local.azurite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AzuriteAccountTest {
    @TempDir
    private Path folder;

    @Test
    void aFolderKeepsItsKeyAndAnotherHasAnother() {
        AzuriteAccount account = AzuriteAccount.of(folder.resolve("a/b"));

        assertThat(AzuriteAccount.of(folder.resolve("a/b"))).isEqualTo(account);
        assertThat(AzuriteAccount.of(folder.resolve("c")).key()).isNotEqualTo(account.key());
    }

    @Test
    void severalAtOnceAgreeOnOneKey() {
        Set<AzuriteAccount> accounts = IntStream.range(0, 50)
                .parallel()
                .mapToObj(number -> AzuriteAccount.of(folder.resolve("a")))
                .collect(Collectors.toSet());

        assertThat(accounts).hasSize(1);
    }

    @Test
    void noOtherUserCanReadFolderOrKey() throws IOException {
        Path data = Files.createDirectory(folder.resolve("data"));
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxr-xr-x"));

        AzuriteAccount account = AzuriteAccount.of(data);

        assertThat(Files.getPosixFilePermissions(data)).isEqualTo(PosixFilePermissions.fromString("rwx------"));
        assertThat(Files.getPosixFilePermissions(data.resolve("account.key")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(account.toString()).doesNotContain(account.key().base64());
    }
}
