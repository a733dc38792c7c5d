package com.genesyslab.platform.openmedia.protocol.externalservice.event;

import com.genesyslab.platform.commons.collections.KeyValueCollection;
import com.genesyslab.platform.commons.protocol.Message;

public abstract class Event3rdServerFault extends Message {
    public static Event3rdServerFault create(KeyValueCollection request) {
        return new Received(request);
    }

    public abstract KeyValueCollection getRequest();

    private static final class Received extends Event3rdServerFault {
        private final KeyValueCollection request;

        Received(KeyValueCollection request) {
            this.request = request;
        }

        @Override
        public KeyValueCollection getRequest() {
            return request;
        }

        @Override
        public int messageId() {
            return 502;
        }
    }
}
