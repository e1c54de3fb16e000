# title: Engines that join up
# says: A swarm of one manager and two workers, with one service of three tasks.
# settle: 40s
docker swarm init > /dev/null 2>&1
lab swarm nodes --workers 2 > /dev/null
docker service create -q -d --name web --replicas 3 -p 8080:80 nginx:1.27 > /dev/null
