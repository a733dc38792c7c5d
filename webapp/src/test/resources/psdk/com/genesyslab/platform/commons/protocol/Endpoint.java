package com.genesyslab.platform.commons.protocol;

import javax.net.ssl.SSLContext;

public class Endpoint {
    public final String name;
    public final String host;
    public final int port;
    public final boolean tls;

    public Endpoint(String name, String host, int port) {
        this(name, host, port, null, false, null, null);
    }

    public Endpoint(
            String name, String host, int port, Object configuration, boolean tls, SSLContext context, Object options) {
        this.name = name;
        this.host = host;
        this.port = port;
        this.tls = tls && context != null;
    }
}
