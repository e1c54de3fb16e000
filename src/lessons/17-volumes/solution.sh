docker rm -f guests
docker run -d --name guests -v book:/book busybox:1.37 sleep 9000
# wait: 12s
