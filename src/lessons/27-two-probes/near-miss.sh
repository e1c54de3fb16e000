kubectl delete pod -l app=slow
# wait: 30s
kubectl delete deployment slow
