docker exec cart-1 sh -c 'mkdir /carts; echo apples > /carts/list'
docker cp cart-1:/carts .
docker cp carts cart-2:/
# wait: 3s
