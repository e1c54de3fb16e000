kubectl scale deployment catalogue --replicas=3
kubectl rollout undo deployment/cart
# wait: 60s
