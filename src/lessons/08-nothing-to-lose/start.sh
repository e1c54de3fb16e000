# title: Copies that know too much
# says: Two copies of a cart service, each of which keeps what it is told in a file of its own.
# settle: 25s
docker pull -q busybox:1.36 > /dev/null
# at: 12s
docker run -d --name cart-1 busybox:1.36 sleep 9000 > /dev/null
docker run -d --name cart-2 busybox:1.36 sleep 9000 > /dev/null
