docker rm -f -v guests
docker run -d --name guests busybox:1.37 sleep 9000
# wait: 12s
