package io.undertone.server.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** Configurations of nginx: a plain proxy, and one with the filter that is usually written in Lua. */
final class Nginx {
    private static final String CONFIG = """
            MODULES
            daemon off;
            worker_processes 1;
            worker_rlimit_nofile 20000;
            pid DIRECTORY/nginx.pid;
            error_log DIRECTORY/nginx-error.log;
            events { worker_connections 20000; }
            http {
              access_log off;
              client_body_temp_path DIRECTORY/body;
              proxy_temp_path DIRECTORY/proxy;
              fastcgi_temp_path DIRECTORY/fastcgi;
              uwsgi_temp_path DIRECTORY/uwsgi;
              scgi_temp_path DIRECTORY/scgi;
              keepalive_requests 1000000000;
              INIT
              upstream chat { server 127.0.0.1:UPSTREAM; keepalive 64; keepalive_requests 1000000000; }
              map $http_upgrade $connection_upgrade { default upgrade; '' ''; }
              server {
                listen 127.0.0.1:PORT backlog=4096;
                location / {
                  proxy_pass http://chat;
                  proxy_http_version 1.1;
                  proxy_buffer_size 64k;
                  proxy_buffers 16 64k;
                  proxy_busy_buffers_size 128k;
                  proxy_max_temp_file_size 0;
                  proxy_read_timeout 120s;
                  proxy_set_header Upgrade $http_upgrade;
                  proxy_set_header Connection $connection_upgrade;
                  FILTER
                }
              }
            }
            """;

    private static final String LUA_MODULES =
            "load_module modules/ndk_http_module.so; load_module modules/ngx_http_lua_module.so;";

    private static final String LUA_INIT = """
            init_by_lua_block {
                cjson = require "cjson"
                keywords = { KEYWORDS }
              }
            """;

    private static final String LUA_FILTER = """
            proxy_set_header Accept-Encoding "";
                  header_filter_by_lua_block { ngx.header.content_length = nil }
                  body_filter_by_lua_block {
                    local held = ngx.ctx.held or {}
                    ngx.ctx.held = held
                    held[#held + 1] = ngx.arg[1]
                    if not ngx.arg[2] then
                      ngx.arg[1] = nil
                      return
                    end
                    local reply = cjson.decode(table.concat(held))
                    local seen = {}
                    for _, message in ipairs(reply.messages) do
                      local text = string.lower(message.text or "")
                      local hidden = false
                      for _, keyword in ipairs(keywords) do
                        hidden = hidden or string.find(text, keyword, 1, true)
                      end
                      if not hidden then
                        seen[#seen + 1] = message
                      end
                    end
                    reply.messages = seen
                    ngx.arg[1] = cjson.encode(reply)
                  }
            """;

    private Nginx() {}

    static boolean isHere() {
        return Cores.runs("nginx", "-v");
    }

    /** @param directory for a configuration to try */
    static boolean hasLua(Path directory) throws IOException {
        return isHere() && Cores.runs("nginx", "-t", "-c", filtering(1, 1, directory));
    }

    /** Writes the configuration of a plain proxy, and returns its path. */
    static String plain(int originPort, int port, Path directory) throws IOException {
        return write("nginx", "", "", "", originPort, port, directory);
    }

    /** Writes the configuration of one that reads, filters and writes every reply, and returns its path. */
    static String filtering(int originPort, int port, Path directory) throws IOException {
        String keywords =
                Contender.KEYWORDS.stream().map(keyword -> '"' + keyword + '"').collect(Collectors.joining(", "));
        return write(
                "nginx-lua",
                LUA_MODULES,
                LUA_INIT.replace("KEYWORDS", keywords),
                LUA_FILTER,
                originPort,
                port,
                directory);
    }

    private static String write(
            String name, String modules, String init, String filter, int originPort, int port, Path directory)
            throws IOException {
        Path own = Files.createDirectories(directory.resolve(name));
        Path file = own.resolve("nginx.conf");
        Files.writeString(
                file,
                CONFIG.replace("MODULES", modules)
                        .replace("INIT", init)
                        .replace("FILTER", filter)
                        .replace("DIRECTORY", own.toString())
                        .replace("UPSTREAM", Integer.toString(originPort))
                        .replace("PORT", Integer.toString(port)));
        return file.toString();
    }
}
