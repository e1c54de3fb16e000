kubectl set resources deployment report --requests=cpu=500m
# wait: 40s
kubectl delete deployment report
