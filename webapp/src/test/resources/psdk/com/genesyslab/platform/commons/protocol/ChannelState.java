package com.genesyslab.platform.commons.protocol;

public enum ChannelState {
    Opened,
    Closed
}
