package io.ringsim.agent;

import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;

/** Rewrites classes as they are loaded; one that is not in scope, or has nothing to redirect, stays as it is. */
final class CallSiteTransformer implements ClassFileTransformer {
    private static final int CLASS = 7;
    private static final int NAME_AND_TYPE = 12;

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
        var buffer = new char[reader.getMaxStringLength()];
        for (int i = 1; i < reader.getItemCount(); i++) {
            int item = reader.getItem(i);
            if (item == 0) {
                continue; // the second half of a long or double
            }
            int tag = reader.readByte(item - 1);
            if (tag == CLASS && Rules.concern(reader.readUTF8(item, buffer))) {
                return true;
            }
            if (tag == NAME_AND_TYPE && reader.readUTF8(item, buffer).equals("parallelStream")) {
                return true;
            }
        }
        return false;
    }
}
