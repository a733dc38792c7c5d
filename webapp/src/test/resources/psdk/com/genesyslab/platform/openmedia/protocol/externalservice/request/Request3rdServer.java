package com.genesyslab.platform.openmedia.protocol.externalservice.request;

import com.genesyslab.platform.commons.collections.KeyValueCollection;
import com.genesyslab.platform.commons.protocol.Message;

public class Request3rdServer extends Message {
    public final KeyValueCollection request;
    public final KeyValueCollection userData;

    private Request3rdServer(KeyValueCollection request, KeyValueCollection userData) {
        this.request = request;
        this.userData = userData;
    }

    public static Request3rdServer create(KeyValueCollection request, KeyValueCollection userData) {
        return new Request3rdServer(request, userData);
    }

    @Override
    public int messageId() {
        return 500;
    }
}
