# title: Three machines and a list
# says: Three machines with Docker, on which programs were started by hand; a swarm that could do it is there too.
# settle: 30s
docker swarm init > /dev/null 2>&1
lab swarm nodes --workers 2 > /dev/null
docker pull -q busybox:1.36 > /dev/null
# at: 20s
docker -H ssh://worker1 run -d --name mail busybox:1.36 sleep 9000 > /dev/null
docker run -d --name shop busybox:1.36 sleep 9000 > /dev/null
