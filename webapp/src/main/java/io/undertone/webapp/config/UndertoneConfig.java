package io.undertone.webapp.config;

import io.undertone.filters.keyword.Compare;
import io.undertone.filters.keyword.HiddenParticipant;
import io.undertone.filters.keyword.Keyword;
import io.undertone.filters.keyword.Match;
import io.undertone.filters.keyword.SenderKind;
import io.undertone.filters.keyword.Visibility;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The whole of undertone.yaml, checked: whoever holds one may start from it. Immutable.
 *
 * @param configVersion the version of the file's layout; 1 is the only one so far
 * @param dialects those that a route may name
 * @param routes in the order of the file; the longest matching prefix wins
 * @param keywords the fixed ones, without the probe's own
 * @param hiddenParticipants the listed ones, without the probe's own
 */
public record UndertoneConfig(
        int configVersion,
        ListenConfig listen,
        ManagementConfig management,
        DialectCatalogue dialects,
        List<RouteConfig> routes,
        List<Keyword> keywords,
        List<HiddenParticipant> hiddenParticipants,
        ProbeConfig probe,
        StoreConfig store,
        DrainConfig drain,
        WebSocketConfig webSocket) {

    /** The id of the keyword that the probe's text is. */
    public static final String PROBE_KEYWORD_ID = "probe";

    public UndertoneConfig {
        routes = List.copyOf(routes);
        keywords = List.copyOf(keywords);
        hiddenParticipants = List.copyOf(hiddenParticipants);
    }

    /** The fixed keywords, and the probe's text where this node sends probes: no probe without its hiding. */
    public List<Keyword> effectiveKeywords() {
        if (probe.transport() == null) {
            return keywords;
        }
        List<Keyword> effective = new ArrayList<>(keywords);
        effective.add(new Keyword(
                PROBE_KEYWORD_ID,
                probe.text(),
                Visibility.VIP,
                Match.CONTAINS,
                Compare.LOOSE,
                Keyword.ANYONE_BUT_THE_CUSTOMER));
        return List.copyOf(effective);
    }

    /** Whether nothing is named that is to be hidden. The probe's own participant, hidden always, does not count. */
    public boolean hidesNothing() {
        return effectiveKeywords().isEmpty() && hiddenParticipants.isEmpty();
    }

    /** The listed participants and the probe's own, which another node may send even where this one does not. */
    public List<HiddenParticipant> effectiveHiddenParticipants() {
        HiddenParticipant prober = new HiddenParticipant(probe.nickname(), SenderKind.EXTERNAL);
        if (hiddenParticipants.contains(prober)) {
            return hiddenParticipants;
        }
        List<HiddenParticipant> effective = new ArrayList<>(hiddenParticipants);
        effective.add(prober);
        return List.copyOf(effective);
    }

    /** The same, listening to customers on another port. */
    public UndertoneConfig withListenPort(int port) {
        return new UndertoneConfig(
                configVersion,
                listen.withPort(port),
                management,
                dialects,
                routes,
                keywords,
                hiddenParticipants,
                probe,
                store,
                drain,
                webSocket);
    }

    /** The same, with the management side on another port. */
    public UndertoneConfig withManagementPort(int port) {
        return new UndertoneConfig(
                configVersion,
                listen,
                management.withPort(port),
                dialects,
                routes,
                keywords,
                hiddenParticipants,
                probe,
                store,
                drain,
                webSocket);
    }

    /** The same, with these routes instead. */
    public UndertoneConfig withRoutes(List<RouteConfig> others) {
        return new UndertoneConfig(
                configVersion,
                listen,
                management,
                dialects,
                others,
                keywords,
                hiddenParticipants,
                probe,
                store,
                drain,
                webSocket);
    }

    /** The same, with more keywords: a keyword is never dropped because another one was named elsewhere. */
    public UndertoneConfig withMoreKeywords(List<Keyword> more) {
        List<Keyword> all = new ArrayList<>(keywords);
        all.addAll(more);
        return withHidden(all, hiddenParticipants);
    }

    /** The same, with these keywords and hidden participants instead. */
    public UndertoneConfig withHidden(List<Keyword> others, List<HiddenParticipant> participants) {
        return new UndertoneConfig(
                configVersion,
                listen,
                management,
                dialects,
                routes,
                others,
                participants,
                probe,
                store,
                drain,
                webSocket);
    }

    /** The names of the sections, as the file spells them, that say something else in another configuration. */
    public List<String> sectionsThatDiffer(UndertoneConfig other) {
        Map<String, Function<UndertoneConfig, Object>> sections = new LinkedHashMap<>();
        sections.put("listen", UndertoneConfig::listen);
        sections.put("management", UndertoneConfig::management);
        sections.put("dialects", UndertoneConfig::dialects);
        sections.put("routes", UndertoneConfig::routes);
        sections.put("keywords", UndertoneConfig::keywords);
        sections.put("hiddenParticipants", UndertoneConfig::hiddenParticipants);
        sections.put("probe", UndertoneConfig::probe);
        sections.put("store", UndertoneConfig::store);
        sections.put("drain", UndertoneConfig::drain);
        sections.put("webSocket", UndertoneConfig::webSocket);
        sections.values().removeIf(section -> section.apply(this).equals(section.apply(other)));
        return List.copyOf(sections.keySet());
    }

    /** The same, sending other probes. */
    public UndertoneConfig withProbe(ProbeConfig other) {
        return new UndertoneConfig(
                configVersion,
                listen,
                management,
                dialects,
                routes,
                keywords,
                hiddenParticipants,
                other,
                store,
                drain,
                webSocket);
    }
}
