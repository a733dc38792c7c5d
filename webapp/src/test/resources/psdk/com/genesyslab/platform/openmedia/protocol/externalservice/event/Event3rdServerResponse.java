package com.genesyslab.platform.openmedia.protocol.externalservice.event;

import com.genesyslab.platform.commons.collections.KeyValueCollection;
import com.genesyslab.platform.commons.protocol.Message;

public class Event3rdServerResponse implements Message {
    private final KeyValueCollection request;

    public Event3rdServerResponse(KeyValueCollection request) {
        this.request = request;
    }

    public KeyValueCollection getRequest() {
        return request;
    }

    @Override
    public int messageId() {
        return 501;
    }
}
