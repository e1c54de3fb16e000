printf 'FROM busybox:1.36\nENV GREETING=goodbye\n' > baked/Dockerfile
docker build -q -t live:2 baked
docker rm -f live
docker run -d --name live live:2 sleep 9000
# wait: 3s
