docker service update -d --replicas 6 web
# wait: 20s
docker service update -d --replicas 5 web
# wait: 10s
