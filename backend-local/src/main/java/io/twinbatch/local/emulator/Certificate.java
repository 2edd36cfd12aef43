package io.twinbatch.local.emulator;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.error.FailureReason;
import io.twinbatch.local.disk.PrivateFiles;
import io.twinbatch.local.emulator.http.Tls;
import io.twinbatch.local.program.HelperProgram;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A self-signed certificate that is made once for a folder and the names in it, by the JDK's {@code keytool}.
 *
 * @param tls the certificate with its key
 * @param file the certificate alone, in PEM, for clients to trust
 */
record Certificate(Tls tls, Path file) {
    private static final String ALIAS = "emulator";
    private static final String STORE = "emulator.p12";
    private static final String PEM = "emulator.pem";
    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|\\[?[0-9a-fA-F:]*:[0-9a-fA-F:.]*\\]?");
    private static final int VALID_DAYS = 365;
    private static final Duration MIN_LEFT = Duration.ofDays(14);
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** Names the variable by which keytool learns the password, which would show in its command line. */
    private static final String PASSWORD_VARIABLE = "TWINBATCH_KEYSTORE_PASSWORD";

    /** A key store has to have a password; what keeps others out is that they cannot read the file. */
    private static final String PASSWORD = "twinbatch";

    /**
     * The certificate of a folder; a new one when there is none, when it is not for these names, or nearly expired.
     *
     * @param names what clients reach the emulator by, besides the loopback address and {@code localhost}
     * @throws BatchException {@code INVALID} when it cannot be made or kept
     */
    static Certificate of(Path folder, Set<String> names, Clock clock) {
        Path store = folder.resolve(STORE);
        try {
            PrivateFiles.createFolder(folder);
            if (!Files.exists(store) || !serves(store, names, clock)) {
                make(store, names);
            }
            KeyStore keyStore = load(store);
            Path pem = folder.resolve(PEM);
            Files.writeString(pem, pem(keyStore), StandardCharsets.US_ASCII);
            return new Certificate(new Tls(keyStore, PASSWORD), pem);
        } catch (IOException | GeneralSecurityException e) {
            throw unavailable("it cannot be made or kept in " + folder + ": " + FailureReason.of(e), e);
        }
    }

    private static boolean serves(Path store, Set<String> names, Clock clock) throws IOException {
        try {
            X509Certificate certificate = certificate(load(store));
            Set<String> served = certificate.getSubjectAlternativeNames().stream()
                    .map(name -> String.valueOf(name.get(1)))
                    .collect(Collectors.toSet());
            return served.containsAll(names)
                    && certificate
                            .getNotAfter()
                            .toInstant()
                            .isAfter(clock.instant().plus(MIN_LEFT));
        } catch (GeneralSecurityException | IOException e) {
            Files.delete(store);
            return false;
        }
    }

    private static KeyStore load(Path store) throws IOException, GeneralSecurityException {
        KeyStore keyStore = KeyStore.getInstance("PKCS12");
        try (InputStream bytes = Files.newInputStream(store)) {
            keyStore.load(bytes, PASSWORD.toCharArray());
        }
        return keyStore;
    }

    private static X509Certificate certificate(KeyStore keyStore) throws GeneralSecurityException {
        if (keyStore.getCertificate(ALIAS) instanceof X509Certificate certificate) {
            return certificate;
        }
        throw new GeneralSecurityException("it holds no certificate of ours");
    }

    private static String pem(KeyStore keyStore) throws GeneralSecurityException {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(certificate(keyStore).getEncoded());
        return "-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----\n";
    }

    private static void make(Path store, Set<String> names) throws IOException {
        Path fresh = store.resolveSibling(STORE + "." + UUID.randomUUID());
        Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        HelperProgram program = new HelperProgram(store.getParent(), LIMIT);
        try {
            HelperProgram.Outcome outcome =
                    program.run(command(keytool, fresh, names), Map.of(PASSWORD_VARIABLE, PASSWORD));
            if (!outcome.isSuccess()) {
                throw unavailable(keytool + " did not make it: " + String.join("\n", outcome.lastLines()), null);
            }
            PrivateFiles.restrict(fresh);
            Files.move(fresh, store, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BatchException(ErrorCode.UNKNOWN, "emulator's certificate", "interrupted while it was made", e);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    private static List<String> command(Path keytool, Path store, Set<String> names) {
        Set<String> all = new LinkedHashSet<>(List.of("dns:localhost", "ip:127.0.0.1", "ip:::1"));
        names.forEach(name -> all.add((ADDRESS.matcher(name).matches() ? "ip:" : "dns:") + name));
        return List.of(
                keytool.toString(),
                "-genkeypair",
                "-alias",
                ALIAS,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=Twinbatch emulator",
                "-ext",
                "san=" + String.join(",", all),
                "-ext",
                "eku=serverAuth",
                "-validity",
                Integer.toString(VALID_DAYS),
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass:env",
                PASSWORD_VARIABLE);
    }

    private static BatchException unavailable(String message, Exception cause) {
        return new BatchException(ErrorCode.INVALID, "emulator's certificate", message, cause);
    }
}
