CREATE TABLE sessions (
    route VARCHAR(1024) NOT NULL,
    name VARCHAR(64) NOT NULL,
    upstream VARCHAR(1024) NOT NULL,
    begun_at TIMESTAMP WITH TIME ZONE DEFAULT CURRENT_TIMESTAMP NOT NULL,
    PRIMARY KEY (route, name)
);
CREATE INDEX sessions_age ON sessions (begun_at);
