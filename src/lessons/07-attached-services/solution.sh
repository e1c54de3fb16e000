docker rm -f shop
docker run -d --name shop --network shop -e STORE=http://store-a/ busybox:1.36 sleep 9000
# wait: 4s
