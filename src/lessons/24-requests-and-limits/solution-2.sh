kubectl scale deployment report --replicas=1
kubectl set resources deployment report --requests=cpu=200m
# wait: 30s
kubectl scale deployment report --replicas=4
# wait: 30s
