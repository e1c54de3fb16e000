kubectl taint nodes node-a1 dedicated=batch:NoExecute
kubectl rollout restart deployment batch
# wait: 60s
