docker run -d --name mail --restart always busybox:1.36 sleep 9000
docker -H ssh://worker2 run -d --name mail --restart always busybox:1.36 sleep 9000
# wait: 15s
