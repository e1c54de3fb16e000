mkdir carts
docker rename cart-1 old-1; docker stop -t 1 old-1
docker rm -f cart-2
docker run -d --name cart-1 -v ~/carts:/carts busybox:1.36 sh -c 'trap "exit 0" TERM; sleep 9000 & wait'
docker run -d --name cart-2 -v ~/carts:/carts busybox:1.36 sh -c 'trap "exit 0" TERM; sleep 9000 & wait'
echo apples > carts/list
# wait: 3s
