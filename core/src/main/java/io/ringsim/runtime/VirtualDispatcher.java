package io.ringsim.runtime;

import akka.actor.ActorCell;
import akka.actor.Cell;
import akka.dispatch.Dispatcher;
import akka.dispatch.Envelope;
import akka.dispatch.Mailbox;
import akka.dispatch.MailboxType;
import akka.dispatch.MessageDispatcherConfigurator;
import akka.dispatch.SingleConsumerOnlyUnboundedMailbox;
import akka.dispatch.TaskInvocation;
import akka.dispatch.UnboundedMailbox;
import akka.dispatch.sysmsg.Failed;
import akka.dispatch.sysmsg.SystemMessage;
import scala.concurrent.duration.Duration;
import scala.concurrent.duration.FiniteDuration;

/** Every dispatcher of a simulated system: it has no thread, it puts mailboxes and tasks in line for their turn. */
final class VirtualDispatcher extends Dispatcher {
    private static final FiniteDuration SHUTDOWN_TIMEOUT = Duration.create(1, "second");

    private final World world;

    VirtualDispatcher(MessageDispatcherConfigurator configurator, World world, String id) {
        super(
                configurator,
                id,
                1,
                Duration.Zero(),
                (name, threads) -> () -> {
                    throw new IllegalStateException("dispatcher " + id + " has no thread");
                },
                SHUTDOWN_TIMEOUT);
        this.world = world;
    }

    /** Akka's unbounded queues become ours; any other kind the actor asked for is kept. */
    @Override
    public Mailbox createMailbox(Cell cell, MailboxType type) {
        if (!(type instanceof UnboundedMailbox || type instanceof SingleConsumerOnlyUnboundedMailbox)) {
            return super.createMailbox(cell, type);
        }
        var queue = new VirtualMailbox(
                world, Names.hash(Names.of(cell)), cell.system().settings().SerializeAllMessages());
        var mailbox = super.createMailbox(cell, (owner, system) -> queue);
        queue.belongsTo(mailbox);
        if (cell instanceof VirtualActorCell own) {
            own.takeMessagesFrom(queue);
        }
        return mailbox;
    }

    @Override
    public void dispatch(ActorCell receiver, Envelope envelope) {
        if (!world.isOwner()) {
            world.intrusion("a " + envelope.message().getClass().getName() + " to " + receiver.self());
            return;
        }
        trace(receiver, envelope.message());
        var mailbox = receiver.mailbox();
        mailbox.enqueue(receiver.self(), envelope);
        registerForExecution(mailbox, true, false);
    }

    @Override
    public void systemDispatch(ActorCell receiver, SystemMessage message) {
        if (!world.isOwner()) {
            world.intrusion("a " + message.getClass().getName() + " to " + receiver.self());
            return;
        }
        if (message instanceof Failed failed) {
            world.failed(
                    failed.child(),
                    failed.cause(),
                    receiver.self().equals(receiver.provider().rootGuardian()));
        }
        trace(receiver, message);
        var mailbox = receiver.mailbox();
        mailbox.systemEnqueue(receiver.self(), message);
        registerForExecution(mailbox, false, true);
    }

    private void trace(ActorCell receiver, Object message) {
        boolean known = receiver.mailbox().messageQueue() instanceof VirtualMailbox;
        long owner =
                known ? ((VirtualMailbox) receiver.mailbox().messageQueue()).owner() : Names.hash(Names.of(receiver));
        world.trace.sent(owner, receiver, message);
    }

    @Override
    public boolean registerForExecution(Mailbox mailbox, boolean hasMessage, boolean hasSystemMessage) {
        if (!mailbox.canBeScheduledForExecution(hasMessage, hasSystemMessage)) {
            return false;
        }
        if (mailbox.messageQueue() instanceof VirtualMailbox queue) {
            return queue.getInLine();
        }
        if (!mailbox.setAsScheduled()) {
            return false;
        }
        world.ready(mailbox::run);
        return true;
    }

    @Override
    public void executeTask(TaskInvocation task) {
        if (!world.isOwner()) {
            throw world.intrusion("the task " + task.runnable().getClass().getName() + " for dispatcher " + id());
        }
        world.ready(task::run);
    }

    @Override
    public void shutdown() {}
}
