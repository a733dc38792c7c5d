package io.undertone.server.sandbox;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/** What the robot of a bicycle shop says: friendly, a little varied, and honest about being a robot. Thread-safe. */
final class SmallTalk {
    private record Topic(Pattern words, List<String> answers) {
        static Topic of(String words, String... answers) {
            return new Topic(
                    Pattern.compile("\\b(" + words + ")", Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE),
                    List.of(answers));
        }
    }

    private static final List<Topic> TOPICS = List.of(
            Topic.of(
                    "human|person|robot|bot\\b|real|machine",
                    "I'm a robot, and a well-oiled one. Ask me about bikes, repairs or an order.",
                    "No pulse here: I'm the shop's automated helper. What can I look up for you?"),
            Topic.of(
                    "order|deliver|parcel|ship|track",
                    "Orders leave our workshop within two working days. Do you have the order number?",
                    "Happy to look. The number starts with LF and stands in your confirmation."),
            Topic.of(
                    "repair|fix|broken|brake|gear|chain|flat|puncture|service",
                    "That sounds like a job for the stand. We have a slot tomorrow at ten: shall I note it down?",
                    "We can have a look the same day. Bring it by before noon and it is ready in the evening."),
            Topic.of(
                    "refund|return|exchange|money back",
                    "You can return anything within 60 days, ridden or not. Shall I send you a label?",
                    "No trouble at all: a return takes about three days from our door to your account."),
            Topic.of(
                    "size|fit|tall|height",
                    "Tell me your height and inside leg, and I'll suggest a frame size.",
                    "Between two sizes we mostly suggest the smaller one. How tall are you?"),
            Topic.of(
                    "open|hours|when|where|address",
                    "We are open Tuesday to Saturday, nine to six, at 14 Mill Lane.",
                    "14 Mill Lane, right behind the old lock. Tuesday to Saturday, nine to six."),
            Topic.of(
                    "thank|thanks|great|perfect|cheers",
                    "You're very welcome. Anything else?",
                    "With pleasure! Is there anything else on your mind?"),
            Topic.of(
                    "bye|goodbye|see you",
                    "Good bye, and always a tailwind. You can close the chat whenever you like.",
                    "Take care on the road! You can end the chat with the button above."),
            Topic.of(
                    "hello|hi\\b|hey|good (morning|day|evening)",
                    "Hello! What brings you to us today?",
                    "Hi there! How can I help?"));

    private static final List<String> OTHERWISE = List.of(
            "I see. Could you tell me a little more?",
            "Got it. Is it about a bike you have, or one you would like to have?",
            "Thank you, I've written that down. What would be the best outcome for you?",
            "Let me think… I can book a repair, look up an order, or help with a size. Which is nearest?");

    private final String name;
    private final AtomicInteger answers = new AtomicInteger();

    SmallTalk(String name) {
        this.name = name;
    }

    String greeting(String customer) {
        return "Hello " + customer + ", I'm " + name + ", Larkfield's automated helper. What can I do for you?";
    }

    /** An answer to what was written; the same words get another answer the next time. */
    String answer(String message) {
        List<String> choice = TOPICS.stream()
                .filter(topic -> topic.words().matcher(message).find())
                .map(Topic::answers)
                .findFirst()
                .orElse(OTHERWISE);
        return choice.get(answers.getAndIncrement() % choice.size());
    }
}
