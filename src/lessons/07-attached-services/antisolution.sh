docker exec shop sh -c 'export STORE=http://store-a/'
docker restart -t 1 shop
# wait: 4s
