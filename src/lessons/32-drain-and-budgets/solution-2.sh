kubectl scale deployment web --replicas=5
kubectl rollout status deployment/web
kubectl drain node-b1 --ignore-daemonsets --delete-emptydir-data --timeout=90s
# wait: 60s
