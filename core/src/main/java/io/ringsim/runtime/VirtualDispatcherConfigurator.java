package io.ringsim.runtime;

import akka.dispatch.DispatcherPrerequisites;
import akka.dispatch.MessageDispatcher;
import akka.dispatch.MessageDispatcherConfigurator;
import com.typesafe.config.Config;

/** What Akka instantiates for {@code type = } of every dispatcher in a simulated system. */
final class VirtualDispatcherConfigurator extends MessageDispatcherConfigurator {
    private final VirtualDispatcher dispatcher;

    VirtualDispatcherConfigurator(Config config, DispatcherPrerequisites prerequisites) {
        super(config, prerequisites);
        var scheduler = (VirtualScheduler) prerequisites.scheduler();
        this.dispatcher = new VirtualDispatcher(this, scheduler.world(), config.getString("id"));
    }

    @Override
    public MessageDispatcher dispatcher() {
        return dispatcher;
    }
}
