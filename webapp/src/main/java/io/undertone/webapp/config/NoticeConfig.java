package io.undertone.webapp.config;

/**
 * How a probe of the method {@code Notice} is written. The vendor's public documents leave the names open.
 *
 * @param type what kind of notice it is
 * @param typeKey the parameter that names the kind
 * @param textKey the parameter that holds the text
 */
public record NoticeConfig(String type, String typeKey, String textKey) {
    public static final NoticeConfig DEFAULT = new NoticeConfig("USER_CUSTOM", "NoticeType", "NoticeText");

    static NoticeConfig read(Section section) {
        NoticeConfig notice = new NoticeConfig(
                section.text("type", DEFAULT.type()),
                section.text("typeKey", DEFAULT.typeKey()),
                section.text("textKey", DEFAULT.textKey()));
        section.finish();
        return notice;
    }
}
