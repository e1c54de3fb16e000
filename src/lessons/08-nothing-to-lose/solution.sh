docker rm -f cart-1 cart-2
docker run -d --name cart-1 -v carts:/carts busybox:1.36 sleep 9000
docker run -d --name cart-2 -v carts:/carts busybox:1.36 sleep 9000
docker exec cart-1 sh -c 'echo apples > /carts/list'
# wait: 3s
