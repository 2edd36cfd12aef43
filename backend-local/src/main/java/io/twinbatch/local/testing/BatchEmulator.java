package io.twinbatch.local.testing;

import io.twinbatch.local.EmulatorAccounts;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Starts an emulator of Azure Batch for a JUnit 5 test class, before its first use, and ends it after the last test of the
 * class. Constructors and methods that take {@link EmulatorAccounts} are given its accounts. Tests of the class share it.
 *
 * <pre>{@code
 * @BatchEmulator
 * class MyTest {
 *     @Test
 *     void aPoolIsMade(EmulatorAccounts accounts) { ... }
 * }
 * }</pre>
 */
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(BatchEmulatorExtension.class)
public @interface BatchEmulator {}
