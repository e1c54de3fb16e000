kubectl scale rs -l app=web --replicas=5
# wait: 20s
kubectl delete deployment web
