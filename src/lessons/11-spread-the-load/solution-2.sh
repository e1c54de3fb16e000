docker service update -d --replicas 4 web
# wait: 20s
docker service update -d --replicas 5 web
# wait: 20s
