docker run -d --name worker --restart on-failure busybox:1.36 sleep 9000
# wait: 3s
