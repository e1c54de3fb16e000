echo GREETING=goodbye > live.env
echo GREETING=hi > beta.env
docker rename live old
docker stop -t 1 old
docker run -d --name live --env-file live.env busybox:1.36 sleep 9000
docker run -d --name beta --env-file beta.env busybox:1.36 sleep 9000
# wait: 3s
