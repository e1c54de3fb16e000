docker rm -f clerk
docker run -d --name clerk busybox:1.36 sh -c 'echo "order 18 is done"; sleep 9000'
# wait: 3s
