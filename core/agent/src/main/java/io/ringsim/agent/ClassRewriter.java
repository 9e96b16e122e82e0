package io.ringsim.agent;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Rewrites the methods of one class; a class that says it belongs to the real world is left alone. */
final class ClassRewriter extends ClassVisitor {
    private static final String DEFAULT_EXECUTOR = "defaultExecutor";
    private static final String DEFAULT_EXECUTOR_TYPE = "()Ljava/util/concurrent/Executor;";

    private String superName = "";
    private boolean isReal;
    private boolean choosesExecutor;
    private boolean startsItsWay;
    private boolean changed;

    ClassRewriter(ClassVisitor next) {
        super(Opcodes.ASM9, next);
    }

    boolean hasChanged() {
        return changed && !isReal;
    }

    void change() {
        changed = true;
    }

    @Override
    public void visit(
            int version,
            int access,
            String name,
            @Nullable String signature,
            @Nullable String superName,
            String @Nullable [] interfaces) {
        this.superName = superName == null ? "" : superName;
        super.visit(version, access, name, signature, superName, interfaces);
    }

    @Override
    public @Nullable AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
        isReal |= MethodRewriter.REAL_WORLD.equals(descriptor);
        return super.visitAnnotation(descriptor, visible);
    }

    @Override
    public MethodVisitor visitMethod(
            int access, String name, String descriptor, @Nullable String signature, String @Nullable [] exceptions) {
        choosesExecutor |= name.equals(DEFAULT_EXECUTOR) && descriptor.equals(DEFAULT_EXECUTOR_TYPE);
        startsItsWay |= name.equals("start") && descriptor.equals("()V");
        var next = super.visitMethod(access, name, descriptor, signature, exceptions);
        return new MethodRewriter(next, this, superName, name.equals("<init>"));
    }

    /**
     * A future of its own kind, such as those Akka hands to Java, would go on in the JDK's common pool; a thread of its own
     * kind is started by a name of its own.
     */
    @Override
    public void visitEnd() {
        if (superName.equals(Rules.COMPLETABLE_FUTURE) && !choosesExecutor) {
            var method = super.visitMethod(Opcodes.ACC_PUBLIC, DEFAULT_EXECUTOR, DEFAULT_EXECUTOR_TYPE, null, null);
            method.visitCode();
            method.visitMethodInsn(Opcodes.INVOKESTATIC, Rules.FUTURE_HOOKS, "executor", DEFAULT_EXECUTOR_TYPE, false);
            method.visitInsn(Opcodes.ARETURN);
            method.visitMaxs(1, 1);
            method.visitEnd();
            changed = true;
        }
        if (superName.equals(Rules.THREAD) && !startsItsWay) {
            var method = super.visitMethod(Opcodes.ACC_PUBLIC, "start", "()V", null, null);
            method.visitCode();
            method.visitVarInsn(Opcodes.ALOAD, 0);
            MethodRewriter.tellOfStart(method);
            method.visitMethodInsn(Opcodes.INVOKESPECIAL, Rules.THREAD, "start", "()V", false);
            method.visitInsn(Opcodes.RETURN);
            method.visitMaxs(2, 1);
            method.visitEnd();
            changed = true;
        }
        super.visitEnd();
    }
}
