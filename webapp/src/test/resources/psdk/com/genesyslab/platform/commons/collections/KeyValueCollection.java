package com.genesyslab.platform.commons.collections;

import java.util.LinkedHashMap;
import java.util.Map;

public class KeyValueCollection {
    private final Map<String, Object> pairs = new LinkedHashMap<>();

    public void addString(String key, String value) {
        pairs.put(key, value);
    }

    public void addList(String key, KeyValueCollection value) {
        pairs.put(key, value);
    }

    public KeyValueCollection getList(String key) {
        return (KeyValueCollection) pairs.get(key);
    }

    public String getString(String key) {
        return (String) pairs.get(key);
    }

    @Override
    public String toString() {
        return pairs.toString();
    }
}
