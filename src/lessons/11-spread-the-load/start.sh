# title: One address, three servers
# says: Three equal web servers, and one port at which all of them are reached.
# settle: 45s
docker swarm init > /dev/null 2>&1
docker service create -q -d --name web --replicas 3 -p 8080:80 nginx:1.27 > /dev/null
