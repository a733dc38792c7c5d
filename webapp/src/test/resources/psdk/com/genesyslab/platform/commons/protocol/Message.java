package com.genesyslab.platform.commons.protocol;

public interface Message {
    int messageId();
}
