package io.ringsim.runtime;

import akka.actor.ActorCell;
import akka.actor.ActorRef;
import akka.actor.ActorSystemImpl;
import akka.actor.FunctionRef;
import akka.actor.InternalActorRef;
import akka.actor.Props;
import akka.dispatch.Envelope;
import akka.dispatch.MessageDispatcher;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import scala.Function2;
import scala.runtime.BoxedUnit;

/**
 * Akka's cell with message adapters, and stages of streams that act as actors, whose uid comes from the seed. Akka draws
 * theirs from the thread's own generator, and the receptionist, for one, keeps them in hash sets.
 */
final class VirtualActorCell extends ActorCell {
    private @Nullable Map<String, FunctionRef> seeded;
    private @Nullable VirtualMailbox queue;

    VirtualActorCell(
            ActorSystemImpl system,
            InternalActorRef self,
            Props props,
            MessageDispatcher dispatcher,
            InternalActorRef parent) {
        super(system, self, props, dispatcher, parent);
    }

    /** The mailbox that will take this actor's messages, until it stops. */
    void takeMessagesFrom(VirtualMailbox queue) {
        this.queue = queue;
    }

    /** The short way into the mailbox, past the dispatcher. */
    @Override
    public void sendMessage(Envelope envelope) {
        if (queue == null || !queue.send(this, envelope)) {
            super.sendMessage(envelope);
        }
    }

    /** Akka names and registers a reference; it is handed out with another uid. */
    @Override
    public FunctionRef addFunctionRef(Function2<ActorRef, Object, BoxedUnit> receive, String name) {
        var named = super.addFunctionRef(receive, name);
        var scheduler = (VirtualScheduler) system().scheduler();
        var path = named.path().withUid(scheduler.world().nextUid());
        var ref = new FunctionRef(path, provider(), system(), receive);
        if (seeded == null) {
            seeded = new LinkedHashMap<>();
        }
        seeded.put(path.name(), ref);
        return ref;
    }

    @Override
    public boolean removeFunctionRef(FunctionRef ref) {
        if (seeded != null) {
            seeded.remove(ref.path().name());
        }
        return super.removeFunctionRef(ref);
    }

    @Override
    public InternalActorRef getFunctionRefOrNobody(String name, int uid) {
        var ref = seeded == null ? null : seeded.get(name);
        if (ref != null && (uid == 0 || uid == ref.path().uid())) {
            return ref;
        }
        return super.getFunctionRefOrNobody(name, uid);
    }

    @Override
    public void stopFunctionRefs() {
        super.stopFunctionRefs();
        if (seeded != null) {
            seeded.values().forEach(FunctionRef::stop);
            seeded = null;
        }
    }
}
