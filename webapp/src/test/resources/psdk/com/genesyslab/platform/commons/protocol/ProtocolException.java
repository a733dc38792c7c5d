package com.genesyslab.platform.commons.protocol;

public class ProtocolException extends Exception {}
