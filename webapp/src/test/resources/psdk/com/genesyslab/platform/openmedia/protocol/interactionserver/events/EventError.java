package com.genesyslab.platform.openmedia.protocol.interactionserver.events;

import com.genesyslab.platform.commons.protocol.Message;

public class EventError implements Message {
    private final Integer code;

    public EventError(Integer code) {
        this.code = code;
    }

    public Integer getErrorCode() {
        return code;
    }

    @Override
    public int messageId() {
        return 52;
    }
}
