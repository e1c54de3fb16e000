kubectl set resources deployment report --requests=cpu=300m
kubectl scale deployment report --replicas=2
# wait: 30s
kubectl scale deployment report --replicas=4
# wait: 30s
