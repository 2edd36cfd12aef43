package io.twinbatch.app.run;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/**
 * Signals of the operating system. The JDK has had the same two classes for them since its beginning, but outside its
 * documented interfaces, and a compiler that treats warnings as errors does not accept them; so they are
 * reached by reflection.
 */
public final class Signals {
    private Signals() {}

    /**
     * Calls an action on a thread of its own whenever a signal comes. A signal that the process was started to ignore,
     * as under nohup, stays ignored; so does one that the Java virtual machine keeps for itself.
     *
     * @param name the signal's name without SIG
     */
    public static void handle(String name, Runnable action) {
        try {
            Class<?> signalClass = Class.forName("sun.misc.Signal");
            Class<?> handlerClass = Class.forName("sun.misc.SignalHandler");
            Object handler = Proxy.newProxyInstance(
                    handlerClass.getClassLoader(), new Class<?>[] {handlerClass}, (proxy, method, arguments) -> {
                        if (method.getName().equals("handle")) {
                            action.run();
                            return null;
                        }
                        return answerAsObject(proxy, method.getName(), arguments);
                    });
            Object signal = signalClass.getConstructor(String.class).newInstance(name);
            signalClass.getMethod("handle", signalClass, handlerClass).invoke(null, signal, handler);
        } catch (InvocationTargetException e) {
            // The signal does not exist here, or is taken: the process then ends as every other process does.
            return;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this Java has no signal handling", e);
        }
    }

    private static Object answerAsObject(Object proxy, String method, Object[] arguments) {
        return switch (method) {
            case "equals" -> proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            default -> "signal handler";
        };
    }
}
