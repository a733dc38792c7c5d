package com.genesyslab.platform.openmedia.protocol.externalservice.event;

import com.genesyslab.platform.commons.collections.KeyValueCollection;
import com.genesyslab.platform.commons.protocol.Message;

public class Event3rdServerFault implements Message {
    private final KeyValueCollection request;

    public Event3rdServerFault(KeyValueCollection request) {
        this.request = request;
    }

    public KeyValueCollection getRequest() {
        return request;
    }

    @Override
    public int messageId() {
        return 502;
    }
}
