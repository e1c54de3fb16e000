docker run -d --name worker busybox:1.36 sh -c 'sleep 600; exit 1'
docker update --restart on-failure:5 worker
# wait: 3s
