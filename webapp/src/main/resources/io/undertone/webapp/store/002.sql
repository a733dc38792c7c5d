CREATE TABLE inquiries (
    interaction_id VARCHAR(256) PRIMARY KEY,
    node VARCHAR(64) NOT NULL,
    findings TEXT NOT NULL,
    changed_at TIMESTAMP WITH TIME ZONE NOT NULL
);
CREATE INDEX inquiries_age ON inquiries (changed_at);
