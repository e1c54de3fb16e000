docker rm -f guests reader
docker volume rm book
docker run -d --name guests -v book:/book busybox:1.37 sleep 9000
# wait: 12s
