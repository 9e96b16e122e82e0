package io.ringsim.agent;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Redirects the calls of one method to the world's hooks. */
final class MethodRewriter extends MethodVisitor {
    static final String REAL_WORLD = "Lio/ringsim/runtime/RealWorld;";
    private static final String LAMBDAS = "java/lang/invoke/LambdaMetafactory";
    private static final String EXECUTOR = "()Ljava/util/concurrent/Executor;";

    private final ClassRewriter owner;
    private final String superName;
    private final boolean isConstructor;
    private boolean isReal;

    MethodRewriter(MethodVisitor next, ClassRewriter owner, String superName, boolean isConstructor) {
        super(Opcodes.ASM9, next);
        this.owner = owner;
        this.superName = superName;
        this.isConstructor = isConstructor;
    }

    @Override
    public @Nullable AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
        isReal |= REAL_WORLD.equals(descriptor);
        return super.visitAnnotation(descriptor, visible);
    }

    @Override
    public void visitMethodInsn(int opcode, String type, String name, String descriptor, boolean isInterface) {
        if (!isReal && opcode == Opcodes.INVOKESPECIAL && type.equals(Rules.THREAD) && name.equals("start")) {
            owner.change();
            tellOfStart(mv);
        }
        if (isReal || opcode == Opcodes.INVOKESPECIAL) {
            if (isReal || !name.equals("<init>") || !construct(type, descriptor)) {
                super.visitMethodInsn(opcode, type, name, descriptor, isInterface);
            }
            return;
        }
        var target = Rules.find(type, name, descriptor);
        if (target != null) {
            owner.change();
            super.visitMethodInsn(Opcodes.INVOKESTATIC, target.owner(), target.name(), target.descriptor(), false);
        } else if (Rules.wantsExecutor(type, name, descriptor)) {
            owner.change();
            super.visitMethodInsn(Opcodes.INVOKESTATIC, Rules.FUTURE_HOOKS, "executor", EXECUTOR, false);
            super.visitMethodInsn(opcode, type, name, Rules.withExecutor(descriptor), isInterface);
        } else {
            super.visitMethodInsn(opcode, type, name, descriptor, isInterface);
        }
    }

    /** Has the world hear of the thread on the stack before it is started. */
    static void tellOfStart(MethodVisitor method) {
        method.visitInsn(Opcodes.DUP);
        method.visitMethodInsn(
                Opcodes.INVOKESTATIC, Rules.THREAD_HOOKS, "starting", "(L" + Rules.THREAD + ";)V", false);
    }

    @Override
    public void visitTypeInsn(int opcode, String type) {
        var replacement = opcode == Opcodes.NEW ? replacement(type) : null;
        if (replacement != null) {
            owner.change();
        }
        super.visitTypeInsn(opcode, replacement == null ? type : replacement);
    }

    /** In a constructor of a subclass, a call of {@code <init>} may be to super: such classes keep theirs. */
    private @Nullable String replacement(String type) {
        return isReal || (isConstructor && superName.equals(type)) ? null : Rules.replacement(type);
    }

    private boolean construct(String type, String descriptor) {
        var replacement = replacement(type);
        if (replacement != null) {
            super.visitMethodInsn(Opcodes.INVOKESPECIAL, replacement, "<init>", descriptor, false);
            return true;
        }
        var seed = descriptor.equals("()V") ? Rules.seed(type) : null;
        if (seed == null) {
            return false;
        }
        owner.change();
        super.visitMethodInsn(Opcodes.INVOKESTATIC, seed.owner(), seed.name(), seed.descriptor(), false);
        super.visitMethodInsn(Opcodes.INVOKESPECIAL, type, "<init>", "(J)V", false);
        return true;
    }

    /** Method references, such as {@code System::nanoTime}, are arguments of the call that makes the lambda. */
    @Override
    public void visitInvokeDynamicInsn(String name, String descriptor, Handle bootstrap, Object... arguments) {
        var redirected = arguments.clone();
        var captured = descriptor;
        for (int i = 0; i < redirected.length; i++) {
            if (!isReal && redirected[i] instanceof Handle handle) {
                var hook = redirect(handle);
                redirected[i] = hook;
                if (hook.getTag() != handle.getTag() && bootstrap.getOwner().equals(LAMBDAS)) {
                    captured = withReceiver(descriptor, Type.getArgumentTypes(hook.getDesc())[0]);
                }
            }
        }
        super.visitInvokeDynamicInsn(name, captured, bootstrap, redirected);
    }

    /** A receiver that is bound, as in {@code future::get}, must be of just the type the static method takes. */
    private static String withReceiver(String descriptor, Type receiver) {
        var bound = Type.getArgumentTypes(descriptor);
        if (bound.length == 0) {
            return descriptor;
        }
        bound[0] = receiver;
        return Type.getMethodDescriptor(Type.getReturnType(descriptor), bound);
    }

    private Handle redirect(Handle handle) {
        if (handle.getTag() == Opcodes.H_NEWINVOKESPECIAL) {
            var replacement = Rules.replacement(handle.getOwner());
            return replacement == null
                    ? handle
                    : changed(new Handle(handle.getTag(), replacement, handle.getName(), handle.getDesc(), false));
        }
        var target = Rules.find(handle.getOwner(), handle.getName(), handle.getDesc());
        return target == null
                ? handle
                : changed(
                        new Handle(Opcodes.H_INVOKESTATIC, target.owner(), target.name(), target.descriptor(), false));
    }

    private Handle changed(Handle handle) {
        owner.change();
        return handle;
    }
}
