package dev.sallyport;

import dev.sallyport.audit.Durability;
import dev.sallyport.decision.LegacyKeys;
import dev.sallyport.http.ClientHop;
import dev.sallyport.leak.LeakSettings;
import dev.sallyport.secret.Secret;
import dev.sallyport.sql.DatabaseUrl;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The configuration of a server, read once.
 *
 * @param publicUrl empty for the address that is listened on
 * @param gatewayUrl empty for the address that the doors listen on
 * @param outboundAllowed each HOST:PORT
 * @param gatewayGrpcPort of the doors' address; empty where gRPC is off
 * @param gatewayCredential what a gateway must show at a door; empty only where the doors are on loopback
 */
record Config(
        Path data,
        DatabaseUrl database,
        String listen,
        int port,
        Optional<URI> publicUrl,
        String gatewayListen,
        int gatewayPort,
        Optional<URI> gatewayUrl,
        OptionalInt gatewayGrpcPort,
        Optional<Secret> gatewayCredential,
        ClientHop clientHop,
        ClientHop gatewayClientHop,
        Duration maxStale,
        Durability durability,
        Set<String> outboundAllowed,
        LeakSettings leaks,
        String brand,
        LegacyKeys legacyKeys) {}
