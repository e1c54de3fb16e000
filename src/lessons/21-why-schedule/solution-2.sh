docker service create -d --name mail --mode global busybox:1.36 sleep 9000
# wait: 20s
