package io.twinbatch.local.testing;

import io.twinbatch.local.EmulatorAccounts;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Starts an emulator for a test class and gives its accounts to its tests; see {@link BatchEmulator}. Classes nested in it
 * share the emulator. Uses what JUnit 5 and later versions have in common.
 */
public final class BatchEmulatorExtension implements BeforeAllCallback, AfterAllCallback, ParameterResolver {
    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(BatchEmulatorExtension.class);

    @Override
    public void beforeAll(ExtensionContext context) {
        if (emulator(context) == null) {
            context.getStore(NAMESPACE).put(TemporaryEmulator.class, TemporaryEmulator.start());
        }
    }

    /** The emulator of the class or of one around it; null when there is none. */
    private static TemporaryEmulator emulator(ExtensionContext context) {
        return context.getStore(NAMESPACE).get(TemporaryEmulator.class, TemporaryEmulator.class);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        // Removes what this class has put there, not what a class around it has.
        TemporaryEmulator own = context.getStore(NAMESPACE).remove(TemporaryEmulator.class, TemporaryEmulator.class);
        if (own != null) {
            own.close();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == EmulatorAccounts.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return emulator(context).accounts();
    }
}
