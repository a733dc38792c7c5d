package com.genesyslab.platform.openmedia.protocol.interactionserver.events;

import com.genesyslab.platform.commons.protocol.Message;

/** Abstract, as all messages are: what comes back is of a class that is not public. */
public abstract class EventError extends Message {
    public static EventError create(Integer code) {
        return new Received(code);
    }

    public abstract Integer getErrorCode();

    private static final class Received extends EventError {
        private final Integer code;

        Received(Integer code) {
            this.code = code;
        }

        @Override
        public Integer getErrorCode() {
            return code;
        }

        @Override
        public int messageId() {
            return 52;
        }
    }
}
