# As one would with a monolith: everything anew.
kubectl scale deployment catalogue cart reports --replicas=3
kubectl rollout restart deployment catalogue cart reports
# wait: 90s
