package io.ringsim.network.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.actor.Address;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorRefResolver;
import akka.actor.typed.Props;
import akka.actor.typed.javadsl.Behaviors;
import io.ringsim.data.Bytes;
import io.ringsim.network.Inbox;
import io.ringsim.network.Letter;
import io.ringsim.network.wire.WireCodec;
import io.ringsim.ring.NodeId;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A host faces another one that a test plays frame by frame. */
class PostOfficeTest {
    private static final NodeId A = new NodeId("a");
    private static final NodeId B = new NodeId("b");
    private static final long THEIRS = 77;

    private final TestHost host = TestHost.start();
    private final TestHost played = TestHost.start();
    private final TestProbe<Object> arrived = TestProbe.create(played.system());
    private final TestProbe<String> told = TestProbe.create(host.system());
    private Optional<Address> hostOfB = Optional.of(played.address());
    private final HostNetwork network = host.network(node -> hostOfB);
    private final ActorRef<Frame> office;
    private final ActorRef<Frame> theirs;
    private final WireCodec codec = new WireCodec(1000);

    PostOfficeTest() {
        ActorRef<Object> puppet = played.system()
                .systemActorOf(
                        Behaviors.receiveMessage(frame -> {
                            arrived.getRef().tell(frame);
                            return Behaviors.same();
                        }),
                        PostOffice.NAME,
                        Props.empty());
        theirs = puppet.narrow();
        office = ActorRefResolver.get(played.system()).resolveActorRef(host.address() + "/system/" + PostOffice.NAME);
        network.attach(A, Letter.POST, new Inbox<>() {
            @Override
            public void received(NodeId from, Letter message) {
                told.getRef().tell(message.text());
            }

            @Override
            public void connectionLost(NodeId peer, String reason) {
                told.getRef().tell("lost " + peer + ": " + reason);
            }
        });
        network.attach(
                A,
                Letter.RADIO,
                Inbox.ofDatagrams((from, letter) -> told.getRef().tell(letter.text())));
    }

    @AfterEach
    void stop() {
        host.close();
        played.close();
    }

    @Test
    void numbersTheMessagesOfAConnection() {
        post("one");
        post("two");
        long line = answerHello();

        assertThat(line).isPositive();
        assertThat(next(Frame.Envelope.class).sequence()).isZero();
        assertThat(next(Frame.Envelope.class).sequence()).isOne();
        tell(line, 1, 0, "back");
        told.expectMessage("back");
    }

    @Test
    void aGapIsToldAtBothEndsOnceAndWhatFollowsInThatConnectionIsDropped() {
        long line = greet();

        tell(line, 1, 0, "zero");
        tell(line, 1, 2, "two");
        tell(line, 1, 3, "three");
        tell(line, 2, 0, "anew");

        told.expectMessage("zero");
        told.expectMessage("lost b: 1 messages of b to a were lost");
        told.expectMessage("anew");
        assertThat(next(Frame.Reset.class))
                .isEqualTo(new Frame.Reset(THEIRS, 1, A, B, "post", "1 messages of b to a were lost"));
    }

    @Test
    void aLossBehindTheLastMessageShowsInThePulse() {
        long line = greet();
        tell(line, 1, 0, "zero");

        office.tell(new Frame.Pulse(line, 2, 0));

        told.expectMessage("zero");
        assertThat(told.receiveMessage())
                .startsWith("lost b: messages of akka://ring@")
                .endsWith("were lost");
        assertThat(next(Frame.Goodbye.class).line()).isEqualTo(THEIRS);
    }

    @Test
    void aResetIsToldOnlyOfTheConnectionItNames() {
        post("one");
        long line = answerHello();
        long connection = next(Frame.Envelope.class).connection();

        office.tell(new Frame.Reset(line, connection + 1, B, A, "post", "wrong"));
        office.tell(new Frame.Reset(line, connection, B, A, "post", "right"));
        office.tell(new Frame.Reset(line, connection, B, A, "post", "again"));
        tell(line, connection, 0, "old");
        tell(line, connection + 1, 0, "anew");

        told.expectMessage("lost b: right");
        told.expectMessage("anew");
    }

    @Test
    void aNewConnectionOfThePeerEndsTheOldOne() {
        long line = greet();

        tell(line, 1, 0, "zero");
        tell(line, 2, 0, "anew");

        told.expectMessage("zero");
        told.expectMessage("lost b: b opened a new connection");
        told.expectMessage("anew");
    }

    @Test
    void aKindItDoesNotKnowIsRefusedAtBothEnds() {
        long line = greet();

        office.tell(new Frame.Envelope(line, 1, 0, B, A, "post", "Parcel", Bytes.EMPTY));

        told.expectMessage("lost b: a refused a message: channel post has no message 'Parcel' here");
        assertThat(next(Frame.Reset.class).reason()).contains("Parcel");
    }

    @Test
    void aBodyItCannotReadIsRefusedAtBothEnds() {
        long line = greet();

        office.tell(new Frame.Envelope(line, 1, 0, B, A, "post", "Letter", Bytes.of((byte) 1)));

        assertThat(told.receiveMessage()).startsWith("lost b: a refused a message: Letter is unreadable");
        assertThat(next(Frame.Reset.class).reason()).contains("Letter is unreadable");
    }

    @Test
    void aDatagramItCannotReadHarmsNothing() {
        long line = greet();

        office.tell(new Frame.Envelope(line, 0, 0, B, A, "radio", "Letter", Bytes.of((byte) 1)));
        office.tell(new Frame.Envelope(line, 0, 0, B, A, "nowhere", "Letter", Bytes.EMPTY));
        office.tell(new Frame.Envelope(line, 0, 0, B, A, "post", "Letter", Bytes.EMPTY));
        office.tell(new Frame.Envelope(line + 9, 0, 0, B, A, "radio", "Letter", body("wrong line")));
        office.tell(new Frame.Envelope(line, 0, 0, B, A, "radio", "Letter", body("fine")));

        told.expectMessage("fine");
    }

    @Test
    void aChannelNobodyHasIsReset() {
        long line = greet();

        office.tell(new Frame.Envelope(line, 1, 0, B, A, "nowhere", "Letter", body("x")));

        assertThat(next(Frame.Reset.class).reason()).isEqualTo("connection reset by a");
    }

    @Test
    void aHostThatBeganAnewLostItsConnections() {
        long line = greet();
        tell(line, 1, 0, "zero");
        told.expectMessage("zero");

        office.tell(new Frame.Hello(Frame.VERSION, THEIRS + 1, theirs));

        assertThat(told.receiveMessage()).startsWith("lost b: akka://").endsWith("began anew");
        assertThat(next(Frame.Goodbye.class).line()).isEqualTo(THEIRS);
        assertThat(next(Frame.Welcome.class).number()).isNotEqualTo(line);
    }

    @Test
    void aHostOfAnotherVersionIsToldSo() {
        post("one");
        next(Frame.Hello.class);

        office.tell(new Frame.Hello(2, THEIRS, theirs));

        assertThat(next(Frame.Goodbye.class).reason())
                .contains("speaks version 1 of the post, the other host version 2");
    }

    @Test
    void aWelcomeOfAnotherVersionIsTold() {
        post("one");
        long line = next(Frame.Hello.class).number();

        office.tell(new Frame.Welcome(line, 2, THEIRS, theirs));

        assertThat(told.receiveMessage())
                .startsWith("lost b: ")
                .contains("speaks version 1 of the post, the other host version 2");
    }

    @Test
    void aHostThatNeverAnswersIsLostAfterThePatience() {
        post("one");

        assertThat(told.receiveMessage(Duration.ofSeconds(20)))
                .startsWith("lost b: " + played.address())
                .endsWith("said nothing for PT1S");
    }

    @Test
    void aHostThatFallsSilentIsLostAfterThePatience() {
        post("one");
        long line = answerHello();
        next(Frame.Envelope.class);

        assertThat(told.receiveMessage(Duration.ofSeconds(20))).endsWith("said nothing for PT1S");
        assertThat(next(Frame.Goodbye.class).line()).isEqualTo(THEIRS);
        assertThat(line).isPositive();
    }

    @Test
    void noMoreThanAWindowOfMessagesIsOnItsWay() {
        for (int i = 0; i < 20; i++) {
            post("p" + i);
        }
        long line = answerHello();

        for (int i = 0; i < 8; i++) {
            assertThat(next(Frame.Envelope.class).sequence()).isEqualTo(i);
        }
        assertThat(next(Frame.Pulse.class)).isEqualTo(new Frame.Pulse(THEIRS, 8, 0));
        office.tell(new Frame.Pulse(line, 0, 3));
        for (int i = 8; i < 11; i++) {
            assertThat(next(Frame.Envelope.class).sequence()).isEqualTo(i);
        }
        assertThat(next(Frame.Pulse.class)).isEqualTo(new Frame.Pulse(THEIRS, 11, 0));
    }

    @Test
    void aHostThatDoesNotKeepUpIsLost() {
        var long1 = "x".repeat(100_000);
        for (int i = 0; i < 12; i++) {
            post(long1);
        }

        assertThat(told.receiveMessage()).contains("bytes wait for").endsWith("which does not keep up");
    }

    @Test
    void aNodeThatNoHostRunsIsLostAtOnce() {
        hostOfB = Optional.empty();

        post("one");
        network.send(A, B, Letter.RADIO, Letter.of("unheard"));

        told.expectMessage("lost b: no host is known to run b");
    }

    @Test
    void aNodeThatIsNoLongerKnownLosesItsConnectionOnce() {
        post("one");
        long line = answerHello();
        next(Frame.Envelope.class);
        hostOfB = Optional.empty();

        post("two");
        tell(line, 1, 0, "late");
        tell(line, 2, 0, "anew");

        told.expectMessage("lost b: no host is known to run b");
        told.expectMessage("anew");
        assertThat(next(Frame.Reset.class).connection()).isOne();
    }

    @Test
    void aMessageLargerThanAFrameIsRefusedWithAdvice() {
        assertThatThrownBy(() -> post("x".repeat(5_000_000)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Letter takes 5")
                .hasMessageContaining("at most 4194304: raise akka.remote.artery.advanced.maximum-frame-size");
    }

    private void post(String text) {
        network.send(A, B, Letter.POST, Letter.of(text));
    }

    /** Lets b's host answer; the number of the line there. */
    private long answerHello() {
        var hello = next(Frame.Hello.class);
        office.tell(new Frame.Welcome(hello.number(), Frame.VERSION, THEIRS, theirs));
        return hello.number();
    }

    /** Lets b's host begin; the number of the line there. */
    private long greet() {
        office.tell(new Frame.Hello(Frame.VERSION, THEIRS, theirs));
        return next(Frame.Welcome.class).number();
    }

    private void tell(long line, long connection, long sequence, String text) {
        office.tell(new Frame.Envelope(line, connection, sequence, B, A, "post", "Letter", body(text)));
    }

    private Bytes body(String text) {
        return Bytes.wrap(codec.write(Letter.of(text)));
    }

    /** The next frame of that kind; the office may say hello and give signs of life in between. */
    private <F extends Frame> F next(Class<F> kind) {
        while (true) {
            var frame = arrived.receiveMessage(Duration.ofSeconds(20));
            if (kind.isInstance(frame)) {
                return kind.cast(frame);
            }
            assertThat(frame).isInstanceOfAny(Frame.Hello.class, Frame.Pulse.class, Frame.Welcome.class);
        }
    }
}
