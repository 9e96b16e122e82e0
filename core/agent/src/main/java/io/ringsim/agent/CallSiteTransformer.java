package io.ringsim.agent;

import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;

/** Rewrites classes as they are loaded; one that is not in scope, or has nothing to redirect, stays as it is. */
final class CallSiteTransformer implements ClassFileTransformer {
    private static final int METHOD = 10;
    private static final int INTERFACE_METHOD = 11;

    private final Scope scope;

    CallSiteTransformer(Scope scope) {
        this.scope = scope;
    }

    @Override
    public byte @Nullable [] transform(
            @Nullable ClassLoader loader,
            @Nullable String className,
            @Nullable Class<?> redefined,
            ProtectionDomain domain,
            byte[] bytes) {
        if (className == null || redefined != null || !scope.includes(loader, className)) {
            return null;
        }
        try {
            return rewrite(bytes);
        } catch (RuntimeException unreadable) {
            System.err.println("ringsim agent: " + className + " stays as it is: " + unreadable);
            return null;
        }
    }

    private static byte @Nullable [] rewrite(byte[] bytes) {
        var reader = new ClassReader(bytes);
        if (!mentionsWhatMatters(reader)) {
            return null;
        }
        var writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
        var rewriter = new ClassRewriter(writer);
        reader.accept(rewriter, 0);
        return rewriter.hasChanged() ? writer.toByteArray() : null;
    }

    /** A look at the constant pool, which spares most classes the rest. */
    private static boolean mentionsWhatMatters(ClassReader reader) {
        var parent = reader.getSuperName();
        if (parent != null && (parent.equals(Rules.COMPLETABLE_FUTURE) || parent.equals(Rules.THREAD))) {
            return true;
        }
        var buffer = new char[reader.getMaxStringLength()];
        for (int i = 1; i < reader.getItemCount(); i++) {
            int item = reader.getItem(i); // 0 for the second half of a long or double
            int tag = item == 0 ? 0 : reader.readByte(item - 1);
            if ((tag == METHOD || tag == INTERFACE_METHOD) && isRedirected(reader, item, buffer)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isRedirected(ClassReader reader, int method, char[] buffer) {
        var owner = reader.readClass(method, buffer);
        if (!Rules.concern(owner)) {
            return false;
        }
        int nameAndType = reader.getItem(reader.readUnsignedShort(method + 2));
        var name = reader.readUTF8(nameAndType, buffer);
        var descriptor = reader.readUTF8(nameAndType + 2, buffer);
        return name.equals("<init>")
                || Rules.find(owner, name, descriptor) != null
                || Rules.wantsExecutor(owner, name, descriptor);
    }
}
