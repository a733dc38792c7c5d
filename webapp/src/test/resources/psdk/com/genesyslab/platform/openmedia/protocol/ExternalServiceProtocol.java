package com.genesyslab.platform.openmedia.protocol;

import com.genesyslab.platform.commons.collections.KeyValueCollection;
import com.genesyslab.platform.commons.protocol.ChannelState;
import com.genesyslab.platform.commons.protocol.Endpoint;
import com.genesyslab.platform.commons.protocol.Message;
import com.genesyslab.platform.commons.protocol.ProtocolException;
import com.genesyslab.platform.openmedia.protocol.externalservice.event.Event3rdServerFault;
import com.genesyslab.platform.openmedia.protocol.externalservice.event.Event3rdServerResponse;
import com.genesyslab.platform.openmedia.protocol.externalservice.request.Request3rdServer;
import com.genesyslab.platform.openmedia.protocol.interactionserver.events.EventError;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Does what the endpoint's host name says. */
public class ExternalServiceProtocol {
    private static final AtomicInteger OPENED = new AtomicInteger();

    private final Endpoint endpoint;
    private ChannelState state = ChannelState.Closed;

    public ExternalServiceProtocol(Endpoint endpoint) {
        this.endpoint = endpoint;
    }

    public void open(long milliseconds) throws ProtocolException {
        if (endpoint.host.equals("closed")) {
            throw new ProtocolException();
        }
        OPENED.incrementAndGet();
        state = ChannelState.Opened;
    }

    public void close() {
        state = ChannelState.Closed;
    }

    public ChannelState getState() {
        return state;
    }

    public Message request(Message message, long milliseconds) throws ProtocolException, InterruptedException {
        Request3rdServer request = (Request3rdServer) message;
        switch (endpoint.host) {
            case "accepts":
                return Event3rdServerResponse.create(new KeyValueCollection());
            case "accepts-with-fault":
                return Event3rdServerResponse.create(fault("100", "not found"));
            case "gone":
                return Event3rdServerFault.create(fault("100", "interaction with specified id was not found"));
            case "bare":
                return Event3rdServerFault.create(null);
            case "no-server":
                return EventError.create(1);
            case "refuses":
                return EventError.create(7);
            case "silent":
                return null;
            case "stuck":
                new CountDownLatch(1).await();
                return null;
            case "loses":
                if (OPENED.get() == 1) {
                    state = ChannelState.Closed;
                    throw new ProtocolException();
                }
                return Event3rdServerResponse.create(null);
            case "other":
                return new Request3rdServerEcho();
            default:
                return Event3rdServerFault.create(fault(
                        "7",
                        endpoint.name + "@" + endpoint.port + (endpoint.tls ? " tls " : " ") + request.request + " of "
                                + request.userData));
        }
    }

    private static KeyValueCollection fault(String code, String text) {
        KeyValueCollection parameters = new KeyValueCollection();
        parameters.addString("FaultCode", code);
        parameters.addString("FaultString", text);
        KeyValueCollection envelope = new KeyValueCollection();
        envelope.addList("Parameters", parameters);
        return envelope;
    }

    private static final class Request3rdServerEcho extends Message {
        @Override
        public int messageId() {
            return 125;
        }
    }
}
