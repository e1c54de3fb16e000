docker rm -f live
docker run -d --name live -e GREETING=goodbye busybox:1.36 sleep 9000
docker run -d --name beta -e GREETING=hi busybox:1.36 sleep 9000
# wait: 3s
