docker service create -d --name mail --replicas 2 busybox:1.36 sleep 9000
# wait: 20s
