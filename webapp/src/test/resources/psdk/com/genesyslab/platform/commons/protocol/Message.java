package com.genesyslab.platform.commons.protocol;

public abstract class Message {
    public abstract int messageId();
}
