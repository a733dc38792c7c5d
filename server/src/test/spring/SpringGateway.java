import java.util.Arrays;
import java.util.Iterator;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.cloud.gateway.route.RouteLocator;
import org.springframework.cloud.gateway.route.builder.RouteLocatorBuilder;
import org.springframework.context.annotation.Bean;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/**
 * Spring Cloud Gateway as one would have it hide messages: {@code modifyResponseBody}, and a Jackson tree. It takes the reply as bytes:
 * a tree of Spring's own decoder costs more. Launched from this file (JEP 330), so that nothing else here has Spring on its path:
 * {@code --server.port=PORT --chat.upstream=URL --chat.keywords=TEXT,TEXT}.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
class SpringGateway {
    private static final ObjectMapper JSON = JsonMapper.shared();

    public static void main(String[] arguments) {
        SpringApplication.run(SpringGateway.class, arguments);
    }

    @Bean
    RouteLocator routes(
            RouteLocatorBuilder routes,
            @Value("${chat.upstream}") String upstream,
            @Value("${chat.keywords}") String[] keywords) {
        return routes.routes()
                .route(route -> route.path("/**")
                        .filters(filters -> filters.modifyResponseBody(
                                byte[].class, byte[].class, (exchange, reply) -> Mono.just(visible(reply, keywords))))
                        .uri(upstream))
                .build();
    }

    private static byte[] visible(byte[] serverToProxy, String[] keywords) {
        JsonNode reply = JSON.readTree(serverToProxy);
        for (Iterator<JsonNode> messages = reply.path("messages").iterator(); messages.hasNext(); ) {
            String text = messages.next().path("text").asString("");
            if (Arrays.stream(keywords).anyMatch(text::contains)) {
                messages.remove();
            }
        }
        return JSON.writeValueAsBytes(reply);
    }
}
