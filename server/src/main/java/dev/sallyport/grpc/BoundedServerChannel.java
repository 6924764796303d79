package dev.sallyport.grpc;

import io.netty.channel.Channel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.net.SocketAddress;
import java.util.List;
import java.util.Map;

/**
 * Accepts connections, up to a number.
 *
 * <p>The gRPC library hears of a connection only after its handshake; whoever says nothing must be counted, too.
 */
final class BoundedServerChannel extends NioServerSocketChannel {

    private final int most;
    private final Map<SocketAddress, Channel> open;

    /** @param open is kept: what is connected now, by the address of the other end */
    BoundedServerChannel(int most, Map<SocketAddress, Channel> open) {
        this.most = most;
        this.open = open;
    }

    @Override
    protected int doReadMessages(List<Object> accepted) throws Exception {
        var before = accepted.size();
        var read = super.doReadMessages(accepted);
        for (var i = accepted.size() - 1; i >= before; i--) {
            var connection = (Channel) accepted.get(i);
            var address = connection.remoteAddress();
            if (address == null || open.size() >= most) {
                connection.unsafe().closeForcibly();
                var _ = accepted.remove(i);
            } else {
                open.put(address, connection);
                connection.closeFuture().addListener(_ -> open.remove(address, connection));
            }
        }
        return read;
    }
}
