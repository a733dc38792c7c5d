CREATE TABLE secrets (
    name VARCHAR(64) PRIMARY KEY,
    secret VARCHAR(256) NOT NULL
);
CREATE TABLE verdicts (
    interaction_id VARCHAR(256) NOT NULL,
    server VARCHAR(256) NOT NULL,
    reason VARCHAR(64) NOT NULL,
    fault_code VARCHAR(256) NOT NULL,
    fault_string VARCHAR(256) NOT NULL,
    attempts INTEGER NOT NULL,
    checked_at TIMESTAMP WITH TIME ZONE NOT NULL,
    expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
    PRIMARY KEY (interaction_id, server)
);
CREATE INDEX verdicts_expiry ON verdicts (expires_at);
CREATE TABLE sightings (
    probe VARCHAR(64) PRIMARY KEY,
    interaction_id VARCHAR(256) NOT NULL,
    seen_at TIMESTAMP WITH TIME ZONE DEFAULT CURRENT_TIMESTAMP NOT NULL
);
CREATE INDEX sightings_age ON sightings (seen_at);
